package dev.claudometer.store.sql.event;

import dev.claudometer.model.Origin;
import java.time.Instant;

/// An origin in two columns: a text, and a number. The number of a line is its first byte; what was
/// sent has the millisecond, and -1 for the first one of 1970, -2 for the next.
final class OriginCodec {

  private OriginCodec() {}

  static String text(Origin origin) {
    return switch (origin) {
      case Origin.Line line -> line.file();
      case Origin.Sent sent -> sent.sender();
    };
  }

  static long number(Origin origin) {
    return switch (origin) {
      case Origin.Line line -> line.offset();
      case Origin.Sent sent -> -1 - sent.at().toEpochMilli();
    };
  }

  static Origin of(String text, long number) {
    return number >= 0
        ? new Origin.Line(text, number)
        : new Origin.Sent(text, Instant.ofEpochMilli(-1 - number));
  }

  /// A text's number, told beside another text's that it mostly equals: 0 where it does, -1 for the
  /// empty text where it does not.
  static long other(long number, long beside) {
    if (number == beside) {
      return 0;
    }
    return number == 0 ? -1 : number;
  }

  /// The number that [#other] told.
  static long same(long told, long beside) {
    if (told == 0) {
      return beside;
    }
    return told == -1 ? 0 : told;
  }
}
