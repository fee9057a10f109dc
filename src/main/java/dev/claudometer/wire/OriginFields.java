package dev.claudometer.wire;

import dev.claudometer.model.Origin;
import java.io.IOException;

/// The fields that say where a fact was read, or who sent it.
///
/// @param file a line's file
/// @param offset and its first byte
/// @param sender who sent what no file holds
/// @param sentAt and when
record OriginFields(String file, String offset, String sender, String sentAt) {

  static final OriginFields FACT = new OriginFields("file", "offset", "sender", "sentAt");

  static final OriginFields ATTRIBUTION =
      new OriginFields(
          "attributedFile", "attributedOffset", "attributedSender", "attributedSentAt");

  Origin read(Fields in, Origin absent) {
    if (in.has(sender)) {
      return new Origin.Sent(in.name(sender), in.instant(sentAt));
    }
    if (!in.has(file) && !in.has(offset)) {
      return absent;
    }
    Origin.Line line = line(absent);
    return new Origin.Line(in.pathOr(file, line.file()), in.countOr(offset, line.offset()));
  }

  void write(Origin origin, Origin absent, FieldWriter out) throws IOException {
    if (origin.equals(absent)) {
      return;
    }
    switch (origin) {
      case Origin.Line said -> {
        boolean complete = absent instanceof Origin.Line;
        Origin.Line line = line(absent);
        out.text(file, said.file(), complete ? line.file() : null);
        out.number(offset, said.offset(), complete ? line.offset() : -1);
      }
      case Origin.Sent sent -> {
        out.required(sender, sent.sender());
        out.required(sentAt, sent.at());
      }
    }
  }

  private static Origin.Line line(Origin origin) {
    return origin instanceof Origin.Line line ? line : new Origin.Line("", 0);
  }
}
