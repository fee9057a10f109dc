package dev.claudometer.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.store.UsageStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/// What a person does with a server's database on the command line.
interface CommandWork {

  /// `claudometer backup`: the file is there whole, or it is not there.
  record Backup() implements StoreWork {

    @Override
    public void prepare(Path directory) {
      new StoreWork.Deliveries(Durability.PROCESS).run(directory, () -> {});
    }

    @Override
    public void run(Path directory, Runnable done) throws IOException {
      Path file = directory.toRealPath().resolve("kept.db");
      // its name stands for a whole one
      Files.deleteIfExists(file);
      claudometer("backup", file.toString(), "--database", database(directory, "store.db"));
      done.run();
      assertThat(Path.of(file + ".part")).doesNotExist();
      assertThat(Path.of(file + ".part-wal")).doesNotExist();
    }

    @Override
    public void check(Path directory, int done) {
      Path file = directory.resolve("kept.db");
      assertThat(done == 0 || Files.exists(file)).as("what was said to be there").isTrue();
      whole(directory.resolve("store.db"));
      if (Files.exists(file)) {
        whole(file);
      }
    }

    @Override
    public int all() {
      return 1;
    }
  }

  /// `claudometer restore`: the database is empty, or has all.
  record Restore() implements StoreWork {

    @Override
    public void prepare(Path directory) throws IOException {
      new Backup().prepare(directory);
      claudometer(
          "backup",
          directory.toRealPath().resolve("kept.db").toString(),
          "--database",
          database(directory, "store.db"));
    }

    @Override
    public void run(Path directory, Runnable done) throws IOException {
      if (StoreWork.outputs(directory.resolve("restored.db")).isEmpty()) {
        claudometer(
            "restore",
            directory.toRealPath().resolve("kept.db").toString(),
            "--database",
            database(directory, "restored.db"));
      }
      done.run();
    }

    @Override
    public void check(Path directory, int done) {
      whole(directory.resolve("kept.db"));
      Path restored = directory.resolve("restored.db");
      if (done > 0 || !StoreWork.outputs(restored).isEmpty()) {
        whole(restored);
      }
    }

    @Override
    public int all() {
      return 1;
    }
  }

  private static void whole(Path file) {
    try (UsageStore store = StoreWork.opened(file, Durability.POWER_CUT)) {
      assertThat(store.verify()).isEmpty();
    }
    assertThat(StoreWork.outputs(file)).isEqualTo(StoreWork.truth(StoreWork.BATCHES));
  }

  private static String database(Path directory, String name) throws IOException {
    return "file:" + directory.toRealPath().resolve(name);
  }

  /// @throws IOException where it says that it failed
  private static void claudometer(String... arguments) throws IOException {
    var err = new ByteArrayOutputStream();
    Path home = Files.createTempDirectory("home");
    try {
      var surroundings =
          new Surroundings(
              Map.of("XDG_STATE_HOME", home.toString()),
              home,
              InputStream.nullInputStream(),
              new PrintStream(OutputStream.nullOutputStream()),
              new PrintStream(err, true, UTF_8),
              InstantSource.system(),
              ZoneOffset.UTC,
              0,
              false);
      if (Claudometer.run(surroundings, arguments) != 0) {
        assertThat(err.toString(UTF_8)).startsWith("claudometer: ").hasLineCount(1);
        throw new IOException(err.toString(UTF_8));
      }
    } finally {
      Files.delete(home);
    }
  }
}
