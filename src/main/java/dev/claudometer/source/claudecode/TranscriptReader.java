package dev.claudometer.source.claudecode;

import dev.claudometer.model.Damage;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.scan.LineReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads transcripts from where an earlier reading ended. One reader serves one thread.
///
/// Reading a stretch again is always safe: observations carry keys, and copies count once.
public final class TranscriptReader {

  private static final int ARCHIVE_BUFFER_BYTES = 64 << 10;

  private final LineParser lines;
  private @Nullable LineReader reader;

  /// @param observations receives every fact, on the reading thread
  public TranscriptReader(Consumer<Observation> observations) {
    this.lines = new LineParser(observations);
  }

  /// Reads what is new in a file.
  ///
  /// @param known where an earlier reading ended, or null
  /// @param stretchDone is told after each stretch of about `stretchBytes`, so that a huge file can
  ///   be stored in parts
  /// @throws IOException where the file cannot be read; what was passed on before stays valid
  public void read(
      TranscriptFile file,
      @Nullable FileCursor known,
      long stretchBytes,
      Consumer<FileRead> stretchDone)
      throws IOException {
    try (var channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ)) {
      long start = known == null || file.archived() ? 0 : Fingerprint.resumeAt(channel, known);
      lines.over(file, start);
      LineReader in = open(bytes(file, channel.position(start)), start);
      var stretch = new Stretch(file, channel, start, start == 0);
      while (in.next()) {
        if (!in.terminated) {
          lines.unterminated(in);
          break;
        }
        lines.line(in, stretch.damages);
        stretch.end = in.position();
        if (stretch.end - stretch.start >= stretchBytes) {
          stretchDone.accept(stretch.reading(lines, in));
          stretch = new Stretch(file, channel, stretch.end, false);
        }
      }
      stretch.complete = true;
      stretchDone.accept(stretch.reading(lines, in));
    }
  }

  /// An archive is read from its start, or not at all: what has changed in it cannot be told.
  private static ReadableByteChannel bytes(TranscriptFile file, FileChannel channel)
      throws IOException {
    return file.archived()
        ? Channels.newChannel(
            new GZIPInputStream(Channels.newInputStream(channel), ARCHIVE_BUFFER_BYTES))
        : channel;
  }

  private LineReader open(ReadableByteChannel channel, long start) {
    LineReader in = reader == null ? new LineReader(channel) : reader;
    reader = in;
    in.over(channel, start);
    return in;
  }

  /// A part of a file that is stored in one transaction with its observations.
  private static final class Stretch {
    private final TranscriptFile file;
    private final FileChannel channel;
    private final long start;
    private final boolean fromStart;
    private final List<Damage> damages = new ArrayList<>();
    private long end;
    private boolean complete;

    Stretch(TranscriptFile file, FileChannel channel, long start, boolean fromStart) {
      this.file = file;
      this.channel = channel;
      this.start = start;
      this.fromStart = fromStart;
      this.end = start;
    }

    FileRead reading(LineParser lines, LineReader in) throws IOException {
      FileCursor seen = file.seen();
      var cursor =
          new FileCursor(
              seen.file(),
              seen.identity(),
              complete ? seen.size() : end,
              complete ? seen.modified() : Instant.EPOCH,
              end,
              file.archived() ? Fingerprint.of(channel, end) : Fingerprint.of(channel, in, end));
      return new FileRead(
          cursor,
          fromStart,
          end - start,
          lines.takeLineTypes(),
          lines.takeUnknownFields(),
          lines.takeVersions(),
          lines.takeProjectPaths(),
          damages);
    }
  }
}
