package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.LineReader;
import dev.claudometer.source.claudecode.scan.Names;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks again at lines that an earlier reading has passed on, where they decide what later ones
/// mean.
final class EarlierLines {

  private final Json json = new Json();
  private final RecordParser records = new RecordParser(json, new Names(), new Timestamps());
  private final TranscriptRecord record = new TranscriptRecord();
  private final TranscriptRecord nested = new TranscriptRecord();
  private @Nullable LineReader reader;

  /// Shows the sound records between two places of a file, until one is enough. A line that begins
  /// before the first place is none.
  void show(String file, long from, long to, Predicate<TranscriptRecord> enough) {
    try (var channel = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
      LineReader in = reader == null ? new LineReader(channel) : reader;
      reader = in;
      in.over(channel.position(from), from);
      boolean done = false;
      while (!done && in.position() < to && in.next()) {
        done = parsed(in) && enough.test(record);
      }
    } catch (IOException | InvalidPathException gone) {
      // whoever reads the file says so
    }
  }

  private boolean parsed(LineReader in) {
    json.over(in.bytes, in.from, in.to);
    try {
      records.parse(record, nested, false);
      return true;
    } catch (Malformed damaged) {
      return false;
    }
  }
}
