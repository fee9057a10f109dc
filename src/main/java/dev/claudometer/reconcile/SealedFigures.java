package dev.claudometer.reconcile;

import dev.claudometer.model.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a month's days came to, as text that can be sealed and compared: a line for each day, with
/// nano-dollars by what they are of, `2026-10-03 billed=1200000000 counted=… region=…`. What is not
/// known is not there.
record SealedFigures(Map<String, Map<String, Long>> days) {

  private static final String COUNTED = "counted";
  private static final String BILLED = "billed";

  /// @param rows the days
  static SealedFigures of(List<Reconciliation.Row> rows) {
    Map<String, Map<String, Long>> days = new TreeMap<>();
    for (Reconciliation.Row row : rows) {
      Map<String, Long> figures = new TreeMap<>();
      put(figures, COUNTED, row.counted());
      put(figures, BILLED, row.billed());
      List<Part> parts = row.parts();
      for (Part part : parts == null ? List.<Part>of() : parts) {
        put(figures, part.cause().key(), part.amount());
      }
      days.put(row.name(), figures);
    }
    return new SealedFigures(days);
  }

  private static void put(Map<String, Long> figures, String name, @Nullable Usd amount) {
    if (amount != null) {
      figures.put(name, amount.nanos());
    }
  }

  static SealedFigures of(String text) {
    Map<String, Map<String, Long>> days = new TreeMap<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.split(" "));
      Map<String, Long> figures = new TreeMap<>();
      for (String word : words.subList(1, words.size())) {
        int at = Math.max(0, word.indexOf('='));
        nanos(word.substring(at + 1)).ifPresent(nanos -> figures.put(word.substring(0, at), nanos));
      }
      days.put(words.getFirst(), figures);
    }
    return new SealedFigures(days);
  }

  /// None where somebody has changed it: the seal is told to be broken, and the rest is compared.
  private static Optional<Long> nanos(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException changed) {
      return Optional.empty();
    }
  }

  String text() {
    var text = new StringBuilder();
    days.forEach(
        (day, figures) -> {
          text.append(day);
          figures.forEach((name, nanos) -> text.append(' ').append(name).append('=').append(nanos));
          text.append('\n');
        });
    return text.toString();
  }

  /// What is not as it was.
  List<Correction> since(SealedFigures before) {
    List<Correction> corrections = new ArrayList<>();
    for (String day : both(days.keySet(), before.days.keySet())) {
      Map<String, Long> now = days.getOrDefault(day, Map.of());
      Map<String, Long> then = before.days.getOrDefault(day, Map.of());
      for (String name : both(now.keySet(), then.keySet())) {
        Long one = then.get(name);
        Long other = now.get(name);
        if (one == null || !one.equals(other)) {
          corrections.add(new Correction(day, name, amount(one), amount(other)));
        }
      }
    }
    return corrections;
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  private static @Nullable Usd amount(@Nullable Long nanos) {
    return nanos == null ? null : new Usd(nanos);
  }
}
