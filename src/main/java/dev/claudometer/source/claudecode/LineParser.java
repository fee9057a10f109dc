package dev.claudometer.source.claudecode;

import dev.claudometer.model.Damage;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.Observation;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.source.claudecode.RecordParser.Extent;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.LineReader;
import dev.claudometer.source.claudecode.scan.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns lines into observations, counts what they are, and recovers what is intact on damaged
/// ones.
final class LineParser {

  private static final TranscriptFile NO_FILE =
      new TranscriptFile(
          "", ProjectName.NONE, SessionId.NONE, "", new FileCursor("", "", 0, Instant.EPOCH, 0, 0));

  /// Bytes that the search for intact records on one line may read, so that no line can hold up a
  /// sync.
  private static final long MOST_EFFORT = 1L << 28;

  private final Json json = new Json();
  private final RecordParser records = new RecordParser(json, new Names(), new Timestamps());
  private final TranscriptRecord record = new TranscriptRecord();
  private final TranscriptRecord nested = new TranscriptRecord();
  private final Interpretation interpretation;
  private final LineCounts counts = new LineCounts();
  private TranscriptFile file = NO_FILE;

  LineParser(Consumer<Observation> observations) {
    this.interpretation = new Interpretation(NO_FILE, observations);
  }

  void over(TranscriptFile other, long start) {
    file = other;
    interpretation.over(other, start);
  }

  Map<String, Long> takeLineTypes() {
    return counts.takeTypes();
  }

  Map<String, Long> takeVersions() {
    return counts.takeVersions();
  }

  Map<ProjectName, String> takeProjectPaths() {
    return interpretation.takeProjectPaths();
  }

  Map<String, Long> takeUnknownFields() {
    return records.unknownFields().take();
  }

  /// Reads the current line of `in`.
  void line(LineReader in, List<Damage> damages) {
    int from = skipBlank(in.bytes, in.from, in.to, in.offset == 0);
    if (from == in.to) {
      return;
    }
    String wrong = in.oversized ? "longer than can be read" : whole(in, from);
    if (wrong == null) {
      return;
    }
    int recovered = salvage(in, from);
    if (recovered >= 0) {
      damages.add(new Damage(new Origin.Line(file.path(), in.offset), in.length, wrong, recovered));
      counts.damaged();
    }
  }

  /// Reads the rest of a file after its last newline: it counts when it is a complete record, and
  /// is read again with its newline.
  void unterminated(LineReader in) {
    int from = skipBlank(in.bytes, in.from, in.to, in.offset == 0);
    json.over(in.bytes, from, in.to);
    try {
      records.parse(record, nested, true);
      if (skipBlank(in.bytes, json.at, in.to, false) == in.to) {
        interpretation.interpret(record, nested, in.offset);
      }
    } catch (Malformed stillBeingWritten) {
      // read when complete
    }
  }

  /// Reads the line as one record: null when that succeeded, else what is wrong.
  private @Nullable String whole(LineReader in, int from) {
    json.over(in.bytes, from, in.to);
    try {
      Extent extent = records.parse(record, nested, false);
      if (extent == Extent.HEAD) {
        return suspicious(in) ? "a record spliced into another" : counted(null);
      }
      if (skipBlank(in.bytes, json.at, in.to, false) < in.to) {
        return "more than one record on a line";
      }
      return counted(interpretation.interpret(record, nested, in.offset));
    } catch (Malformed malformed) {
      return hasNul(in.bytes, from, in.to) ? "NUL bytes" : "not JSON";
    }
  }

  private @Nullable String counted(@Nullable String wrong) {
    if (wrong == null) {
      count(record);
    }
    return wrong;
  }

  private void count(TranscriptRecord read) {
    records.unknownFields().lineIsSound();
    counts.sound(read);
  }

  /// What was not read to its end does not end like a record, or holds the mark of another one.
  private static boolean suspicious(LineReader in) {
    int last = in.to - 1;
    while (last > in.from && in.bytes[last] <= ' ' && in.bytes[last] >= 0) {
      last--;
    }
    return in.bytes[last] != '}' || in.marked();
  }

  /// Passes on every intact record of a line and answers how many there were; -1 when the line
  /// proves to be one sound record after all.
  private int salvage(LineReader in, int from) {
    int found = 0;
    int at = from;
    long effort = 0;
    while (at < in.to && effort < MOST_EFFORT) {
      boolean candidate = RecordParser.looksLikeRecord(in.bytes, at, in.to);
      if (candidate && intactAt(in, at, at == from)) {
        if (at == from && skipBlank(in.bytes, json.at, in.to, false) == in.to) {
          return soundAlone(in) ? -1 : 0;
        }
        found += interpretation.interpret(record, nested, in.offset) == null ? 1 : 0;
        at = json.at;
      } else {
        effort += candidate ? json.at - at : 0;
        at++;
      }
    }
    return found;
  }

  private boolean soundAlone(LineReader in) {
    return counted(interpretation.interpret(record, nested, in.offset)) == null;
  }

  private boolean intactAt(LineReader in, int at, boolean first) {
    json.over(in.bytes, at, in.to);
    try {
      records.parse(record, nested, true);
      boolean known = LineTypes.known(record.type);
      // a line that is one document is sound, whatever new type it has
      return first
          ? known || skipBlank(in.bytes, json.at, in.to, false) == in.to
          : known && record.session != null;
    } catch (Malformed notHere) {
      return false;
    }
  }

  private static boolean hasNul(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /// Steps over white space, and over a byte order mark where the file begins.
  private static int skipBlank(byte[] bytes, int from, int to, boolean fileStart) {
    int at = from;
    if (fileStart && to - at >= 3 && bytes[at] == (byte) 0xef && bytes[at + 1] == (byte) 0xbb) {
      at += 3;
    }
    while (at < to && bytes[at] <= ' ' && bytes[at] > 0) {
      at++;
    }
    return at;
  }
}
