package dev.claudometer.app;

import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.SyncReport;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.DamagedStore;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.ManagedSettings;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.ingest.Rejection;
import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The local store, brought in step with the transcripts, for a command to ask.
///
/// @param prices the book that events were priced with
/// @param rebuilt true where the store was damaged and has just been made anew
/// @param memory of this process
public record LocalData(
    UsageStore store,
    ClaudeHome.Search search,
    Path file,
    SyncReport sync,
    PriceBooks prices,
    boolean rebuilt,
    Memory memory) {

  /// What a command does with the store.
  public interface Use {
    int with(LocalData data);
  }

  /// A store that this process holds open and keeps in step anyway.
  public interface Held {

    /// Runs a command on it as soon as it is in step.
    ///
    /// @param everything whether the command tells of every transcript
    /// @throws Failed where it is not the store of these homes, or not in step in time
    int use(Surroundings surroundings, ClaudeHome.Search search, boolean everything, Use use);
  }

  private static final ScopedValue<Held> HELD = ScopedValue.newInstance();

  /// Runs commands of others on the store that this process holds.
  public static int within(Held held, Supplier<Integer> commands) {
    return ScopedValue.where(HELD, held).call(commands::get);
  }

  /// Opens and syncs the store, and runs a command on it. A damaged store is kept aside, named, and
  /// rebuilt.
  ///
  /// @return the command's exit code, or 1 where something could not be read
  public static int use(Surroundings surroundings, List<Path> homes, Use use) {
    return use(surroundings, homes, false, use);
  }

  /// The same, for a command that tells of every transcript.
  public static int useAll(Surroundings surroundings, List<Path> homes, Use use) {
    return use(surroundings, homes, true, use);
  }

  private static int use(Surroundings surroundings, List<Path> homes, boolean everything, Use use) {
    ClaudeHome.Search search = ClaudeFiles.search(homes, surroundings);
    if (HELD.isBound()) {
      return HELD.get().use(surroundings, search, everything, use);
    }
    TreeWalk walk = TreeWalk.begun(search.homes());
    StateDirectory state = StateDirectory.of(surroundings);
    Path file = state.store(search);
    if (search.homes().isEmpty() && !Files.exists(file)) {
      throw new Failed(
          "no Claude Code transcripts: looked for 'projects' in "
              + search.lookedAt().stream().map(Path::toString).collect(Collectors.joining(", "))
              + "; set CLAUDE_CONFIG_DIR or --home to where they are");
    }
    try (var store = StoreFile.of(state, file, surroundings)) {
      return use(surroundings, search, walk, state, store.path(), use);
    }
  }

  private static int use(
      Surroundings surroundings,
      ClaudeHome.Search search,
      TreeWalk walk,
      StateDirectory state,
      Path file,
      Use use) {
    try {
      return open(surroundings, search, walk, state, file, false, use);
    } catch (StoreException failure) {
      if (failure.kind() != StoreException.Kind.CORRUPT) {
        throw failure;
      }
      surroundings
          .err()
          .println("claudometer: " + DamagedStore.putAside(surroundings, file, failure));
      return open(surroundings, search, walk, state, file, true, use);
    }
  }

  private static int open(
      Surroundings surroundings,
      ClaudeHome.Search search,
      TreeWalk walk,
      StateDirectory state,
      Path file,
      boolean rebuilt,
      Use use) {
    var prices = new PriceBooks(state, ManagedSettings.of(surroundings));
    try (UsageStore store = SqliteStore.open(file, prices::book)) {
      prices.look(search.homes(), surroundings.clock().instant());
      SyncReport sync = sync(surroundings, walk, store);
      store.reprice(prices.fingerprint());
      return new LocalData(store, search, file, sync, prices, rebuilt, new Memory())
          .run(surroundings, use);
    }
  }

  /// Takes up what Claude Code's statistics tell of the homes.
  ///
  /// @return those that could not be read, and why
  public List<String> statistics() {
    return new Statistics(store.told()).read(search.homes());
  }

  /// Runs a command on these data.
  ///
  /// @return the command's exit code, or 1 where something could not be read
  public int run(Surroundings surroundings, Use use) {
    int code = use.with(this);
    return complain(surroundings) ? Exit.FAILED : code;
  }

  private static SyncReport sync(Surroundings surroundings, TreeWalk walk, UsageStore store) {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    try (var bar = new ProgressBar(surroundings)) {
      return new LocalSync(store, DeviceId.THIS, threads, bar).sync(walk);
    } catch (IOException failure) {
      throw new Failed("cannot walk the transcripts: " + Cause.of(failure), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failed("interrupted while reading; run again, nothing is lost", stopped);
    }
  }

  /// Names what could not be read; true where there was something.
  private boolean complain(Surroundings surroundings) {
    if (search.homes().isEmpty()) {
      surroundings
          .err()
          .println("claudometer: the transcripts are gone; this is what was stored of them");
    } else if (!search.byDefault()) {
      search.missing().forEach(what -> surroundings.err().println("claudometer: " + what));
    }
    sync.unreadable()
        .forEach(what -> surroundings.err().println("claudometer: cannot read " + what));
    for (Rejection rejection : sync.admission().rejections()) {
      surroundings
          .err()
          .println(
              "claudometer: not counted, " + rejection.why() + ": " + rejection.origin().place());
    }
    return !sync.unreadable().isEmpty();
  }
}
