package dev.claudometer.agent;

import dev.claudometer.ingest.Gate;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import dev.claudometer.source.claudecode.TranscriptReader;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.UsageStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings the local store in step with the transcripts: reads only what is new, on every core.
public final class LocalSync {

  private static final long STRETCH_BYTES = 8 << 20;
  private static final int PART_BYTES = 256 << 10;

  /// Readers read on while a batch is stored, as far as the next one needs.
  private static final int EVENTS_AHEAD = 4_000;

  private final UsageStore store;
  private final DeviceId device;
  private final int threads;
  private final SyncProgress progress;
  private @Nullable Map<String, FileCursor> cursors;

  /// @param device that the transcripts are on, empty for the machine that the store is on
  public LocalSync(UsageStore store, DeviceId device, int threads, SyncProgress progress) {
    this.store = store;
    this.device = device;
    this.threads = threads;
    this.progress = progress;
  }

  /// What one thread hands to the gate.
  private sealed interface Part {

    /// How many events' room it takes.
    default int weight() {
      return 0;
    }

    record Stretches(Intake intake, List<FileRead> readings) implements Part {
      @Override
      public int weight() {
        return intake.size() + readings.size();
      }
    }

    record Unread(String what) implements Part {}

    record Failure(Throwable cause) implements Part {}

    record End() implements Part {}
  }

  private record Work(TranscriptFile file, @Nullable FileCursor known) {

    long remaining() {
      return Math.max(0, file.seen().size() - (known == null ? 0 : known.offset()));
    }
  }

  /// Reads what has changed since the last sync, and stores it. Interrupted, it can simply be run
  /// again.
  public SyncReport sync(TranscriptTree tree) throws InterruptedException {
    cursors = null;
    return syncAgain(tree);
  }

  /// A look at the transcripts that has begun.
  public interface Look {

    /// Waits for what it finds.
    TranscriptTree tree() throws IOException, InterruptedException;
  }

  /// The same, and reads meanwhile what the store knows of them.
  public SyncReport sync(Look look) throws IOException, InterruptedException {
    cursors = store.cursors(device);
    return syncAgain(look.tree());
  }

  /// How many bytes of transcripts are not stored: what they tell is gone when they are.
  public long unstoredBytes(TranscriptTree tree) {
    Map<String, FileCursor> known = store.cursors(device);
    long bytes = 0;
    for (TranscriptFile file : tree.files()) {
      FileCursor read = known.get(file.seen().file());
      if (read == null || !read.unchanged(file.seen())) {
        bytes += new Work(file, read).remaining();
      }
    }
    return bytes;
  }

  /// The same, with what is remembered of the last sync: where another process has read on since,
  /// some of it is read twice, which changes nothing.
  SyncReport syncAgain(TranscriptTree tree) throws InterruptedException {
    Map<String, FileCursor> known = cursors == null ? store.cursors(device) : cursors;
    cursors = null;
    List<Work> changed = new ArrayList<>();
    long bytesTotal = 0;
    var moved = new MovedFiles(known);
    for (TranscriptFile file : tree.files()) {
      FileCursor read = known.get(file.seen().file());
      if (read == null || !read.unchanged(file.seen())) {
        var work = new Work(file, read == null ? moved.before(file.seen()) : read);
        changed.add(work);
        bytesTotal += work.remaining();
      }
    }
    changed.sort(Comparator.comparingLong(Work::remaining).reversed());
    var gate = new Gate(store, device);
    var unreadable = new ArrayList<>(tree.unreadable());
    long bytesRead = changed.isEmpty() ? 0 : read(changed, bytesTotal, gate, known, unreadable);
    gate.flush();
    cursors = known;
    return new SyncReport(
        tree.files().size(), changed.size(), bytesRead, gate.admission(), unreadable);
  }

  private long read(
      List<Work> changed,
      long bytesTotal,
      Gate gate,
      Map<String, FileCursor> known,
      List<String> unreadable)
      throws InterruptedException {
    Queue<Work> open = new ConcurrentLinkedQueue<>(changed);
    var parts = new Handover<Part>(EVENTS_AHEAD);
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, changed.size()); i++) {
      readers.add(
          Thread.ofPlatform().daemon().name("reader-" + i).start(() -> readAll(open, parts)));
    }
    try {
      return collect(parts, readers.size(), bytesTotal, gate, known, unreadable);
    } finally {
      readers.forEach(Thread::interrupt);
    }
  }

  private long collect(
      Handover<Part> parts,
      int readers,
      long bytesTotal,
      Gate gate,
      Map<String, FileCursor> known,
      List<String> unreadable)
      throws InterruptedException {
    long bytesRead = 0;
    int running = readers;
    while (running > 0) {
      switch (parts.take()) {
        case Part.Stretches(Intake intake, List<FileRead> readings) -> {
          gate.accept(intake, readings);
          for (FileRead reading : readings) {
            known.put(reading.cursor().file(), reading.cursor());
            bytesRead += reading.bytesRead();
          }
          progress.advanced(bytesRead, bytesTotal);
        }
        case Part.Unread(String what) -> unreadable.add(what);
        case Part.Failure(Throwable cause) ->
            throw new IllegalStateException("a reader failed: " + cause, cause);
        case Part.End() -> running--;
      }
    }
    return bytesRead;
  }

  private static void readAll(Queue<Work> open, Handover<Part> parts) {
    try {
      readFiles(open, parts);
    } catch (Stopped stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readFiles(Queue<Work> open, Handover<Part> parts) {
    var read = new ReadStretches();
    var reader = new TranscriptReader(read);
    Work work = open.poll();
    while (work != null) {
      try {
        reader.read(
            work.file(), work.known(), STRETCH_BYTES, reading -> pass(read, reading, parts));
      } catch (IOException failure) {
        read.drop();
        put(parts, new Part.Unread(work.file().seen().file() + ": " + Cause.of(failure).words()));
      } catch (Stopped stopped) {
        throw stopped;
      } catch (RuntimeException | Error failure) {
        put(parts, new Part.Failure(failure));
        return;
      }
      work = open.poll();
    }
    put(parts, read.take());
    put(parts, new Part.End());
  }

  private static void pass(ReadStretches read, FileRead reading, Handover<Part> parts) {
    read.done(reading);
    if (read.bytes >= PART_BYTES) {
      put(parts, read.take());
    }
  }

  /// What has been read and not been passed on: to hand over each small file by itself costs more
  /// than to read it.
  private static final class ReadStretches implements Consumer<Observation> {
    private Intake whole = new Intake();
    private Intake stretch = new Intake();
    private List<FileRead> readings = new ArrayList<>();
    private long bytes;

    /// Of the stretch that is being read.
    @Override
    public void accept(Observation observation) {
      stretch.accept(observation);
    }

    /// The stretch has been read to its end.
    void done(FileRead reading) {
      if (readings.isEmpty()) {
        whole = stretch;
      } else {
        whole.merge(stretch);
      }
      stretch = new Intake();
      readings.add(reading);
      bytes += reading.bytesRead();
    }

    /// The stretch cannot be read to its end.
    void drop() {
      stretch = new Intake();
    }

    Part take() {
      var taken = new Part.Stretches(whole, readings);
      whole = new Intake();
      readings = new ArrayList<>();
      bytes = 0;
      return taken;
    }
  }

  /// The collecting thread has gone away.
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(InterruptedException cause) {
      super(cause);
    }
  }

  private static void put(Handover<Part> parts, Part part) {
    try {
      parts.put(part, part.weight());
    } catch (InterruptedException stopped) {
      throw new Stopped(stopped);
    }
  }
}
