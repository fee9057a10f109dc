package dev.claudometer.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.source.claudecode.Lines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;

/// A machine whose transcripts grow, with an agent that tells of them; it knows what is true.
@Tag("process")
final class Machine implements AutoCloseable {

  private static final int SESSIONS = 4;

  private final String name;
  private final Path home;
  private final Random random;
  private final Program agent;
  private final Map<String, Long> truth = new TreeMap<>();
  private final byte[][] torn = new byte[SESSIONS][0];
  private int responses;

  Machine(String name, Path home, String classPath, Map<String, String> more, Random random)
      throws IOException {
    this.name = name;
    this.home = home;
    this.random = random;
    agent = new Program(home, classPath, List.of("agent", "start", "--foreground"), more, _ -> {});
  }

  void setUp(URI server, String device, String key) throws IOException {
    Path config = Files.createDirectories(home.resolve(".config/claudometer"));
    Files.writeString(
        config.resolve("agent.properties"),
        "server=" + server + "\nkey=" + key + "\ndevice=" + device + "\ninterval-seconds=1\n");
  }

  Program agent() {
    return agent;
  }

  Path store() {
    return home.resolve(".local/state/claudometer/claudometer.db");
  }

  /// Output by message.
  Map<String, Long> truth() {
    return truth;
  }

  /// Writes some lines into one of the transcripts. Some tell of a response that another one has
  /// told of; the last one may be torn, and is written to its end the next time.
  void write() throws IOException {
    int session = random.nextInt(SESSIONS);
    var lines = new StringBuilder();
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      boolean again = responses > 0 && random.nextInt(4) == 0;
      String message = "msg_" + name + "_" + (again ? random.nextInt(responses) : responses++);
      long output = truth.computeIfAbsent(message, _ -> 1L + random.nextInt(1_000));
      lines
          .append(Lines.answer(message, "req_" + message, name + "-" + session, time(), output))
          .append('\n');
    }
    append(session, lines.toString().getBytes(UTF_8));
  }

  private String time() {
    return "2026-11-20T%02d:%02d:01.000Z".formatted(random.nextInt(24), random.nextInt(60));
  }

  private void append(int session, byte[] bytes) throws IOException {
    int whole = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
    byte[] before = torn[session];
    byte[] now = Arrays.copyOf(before, before.length + whole);
    System.arraycopy(bytes, 0, now, before.length, whole);
    torn[session] = Arrays.copyOfRange(bytes, whole, bytes.length);
    Path directory = Files.createDirectories(home.resolve(".claude/projects/-p" + session % 2));
    Files.write(
        directory.resolve(name + "-" + session + ".jsonl"),
        now,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Writes all lines to their end.
  void complete() throws IOException {
    for (int session = 0; session < SESSIONS; session++) {
      byte[] rest = torn[session];
      torn[session] = new byte[0];
      if (rest.length > 0) {
        Files.write(
            home.resolve(
                ".claude/projects/-p" + session % 2 + "/" + name + "-" + session + ".jsonl"),
            rest,
            StandardOpenOption.APPEND);
      }
    }
  }

  @Override
  public void close() {
    agent.close();
  }
}
