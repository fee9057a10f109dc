package dev.claudometer.server.api;

import java.util.function.Supplier;

/// Answers that are asked for again and again, and may be kept by whoever can.
public interface HotAnswers {

  /// The answer under a key, else the one that is worked out.
  byte[] answer(String key, Supplier<byte[]> work);
}
