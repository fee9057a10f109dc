package dev.claudometer.wire.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects messages about a body in the shape of zod's `flatten()`.
final class Objections {

  private final Map<String, List<String>> byField = new LinkedHashMap<>();

  void add(String field, String message) {
    byField.computeIfAbsent(field, _ -> new ArrayList<>()).add(message);
  }

  boolean none() {
    return byField.isEmpty();
  }

  <T> LegacyRequest.Invalid<T> refusal() {
    return new LegacyRequest.Invalid<>(List.of(), byField);
  }

  static <T> LegacyRequest.Invalid<T> notAnObject(String received) {
    return new LegacyRequest.Invalid<>(List.of("Expected object, received " + received), Map.of());
  }
}
