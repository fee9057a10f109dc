package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.LaunchedProgram.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher prints an answer that is whole, or nothing of it.
@Tag("process")
class AskingTest {

  private static final Run STARTED_A_JVM = new Run(LaunchedProgram.STARTED_A_JVM, "", "");

  @TempDir private Path directory;
  private LaunchedProgram program;
  private ServerSocket door;
  private volatile String answer = "0 0 3\nyes";
  private volatile String asked = "";

  @BeforeEach
  void open() throws Exception {
    program = new LaunchedProgram(directory);
    program.withoutJava();
    Files.createDirectories(program.state());
    door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
    notice(ProcessHandle.current().pid(), began());
  }

  @AfterEach
  void close() throws IOException {
    door.close();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket caller = door.accept()) {
          var question = new StringBuilder();
          InputStream in = caller.getInputStream();
          while (!question.toString().endsWith("\0\0\0")
              && !question.toString().endsWith("\0in\0")) {
            question.append((char) in.read());
          }
          asked = question.toString();
          caller.getOutputStream().write(answer.getBytes(UTF_8));
        }
      }
    } catch (IOException closed) {
      if (!door.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private void notice(long pid, String began) throws IOException {
    Files.writeString(
        program.state().resolve("ask"),
        "1 " + pid + " " + began + " " + door.getLocalPort() + " TOKEN\n");
  }

  private static String began() throws IOException {
    String line = Files.readString(Path.of("/proc/self/stat"));
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[19];
  }

  private Run ask() throws Exception {
    return program.run("", List.of("daily", "a b"));
  }

  @Test
  void questionIsWhatWasTypedAndWhatMatters() throws Exception {
    assertThat(program.run(Map.of("NO_COLOR", "", "SECRET", "s"), "", List.of("daily", "a b", "")))
        .isEqualTo(new Run(0, "yes", ""));
    assertThat(asked.replace('\0', '|'))
        .isEqualTo(
            "TOKEN|%s||3|daily|a b||HOME=%s|TZ=UTC|NO_COLOR=|||"
                .formatted(program.launcher(), program.home()));
  }

  @Test
  void streamsAndCodeAreThoseOfTheAnswer() throws Exception {
    answer = "\n\n2 2 12\nfirst\n  last\nany\n bytes\n\n";
    assertThat(ask()).isEqualTo(new Run(2, "any\n bytes\n\n", "first\n  last\n"));
    answer = "1 0 0\n";
    assertThat(ask()).isEqualTo(new Run(1, "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no\n",
        "0 0 4\nyes",
        "0 0 2\nyes",
        "0 2 3\nerr\nyes",
        "0 0",
        "0 0 3 1\nyes"
      })
  void answerThatIsNotWholeIsNone(String broken) throws Exception {
    answer = broken;
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
  }

  @Test
  void whoOnlyHasTheNumberOfTheProcessIsNotAsked() throws Exception {
    notice(ProcessHandle.current().pid(), "1");
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor()).isZero();
    notice(gone.pid(), began());
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
    assertThat(asked).isEmpty();
  }

  @Test
  void noticeOfAnotherProtocolOrOfNobodyIsNone() throws Exception {
    Path notice = program.state().resolve("ask");
    String now = Files.readString(notice);
    Files.writeString(notice, now.replaceFirst("1 ", "2 "));
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
    Files.writeString(notice, "");
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
    assertThat(asked).isEmpty();
    door.close();
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          notice, now.replace(" " + door.getLocalPort() + " ", " " + nobody.getLocalPort() + " "));
    }
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
  }

  @Test
  void linkToTheLauncherAsksToo() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), program.launcher());
    assertThat(program.run(List.of(link.toString()), Map.of(), "").out()).isEqualTo("yes");
  }

  /// As after `| head -1`: what a JVM says when nobody reads.
  @Test
  void whoStopsReadingStartsNoJvm() throws Exception {
    answer = "0 0 1000000\n" + "x".repeat(1_000_000);
    Run run =
        program.run(
            List.of(
                "/bin/bash",
                "-c",
                "'" + program.launcher() + "' | head -c 3; echo ${PIPESTATUS[0]}"),
            Map.of(),
            "");
    assertThat(run.out()).isEqualTo("xxx1\n");
  }

  @Test
  void serverAnswersFromTheSecondTimeOn() throws Exception {
    Files.delete(program.state().resolve("ask"));
    program.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectories(program.home().resolve(".claude/projects"));
    Process server = program.start(List.of("serve", "--port", "0"));
    try {
      program.withoutJava();
      assertThat(program.run("", List.of("daily"))).isEqualTo(STARTED_A_JVM);
      for (int i = 0; i < 2_400 && program.run("", List.of("daily")).code() != 0; i++) {
        Thread.sleep(50);
      }
      assertThat(program.answer(Map.of(), "", List.of("daily", "-q", ".totals.responses")))
          .isEqualTo(new Run(0, "0\n", ""));
      assertThat(program.run("", List.of("serve")).code()).isEqualTo(LaunchedProgram.STARTED_A_JVM);
    } finally {
      server.destroy();
      assertThat(server.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(program.state().resolve("ask")).doesNotExist();
  }

  @Test
  void agentThatWasKilledOrReplacedIsNotAsked() throws Exception {
    Files.delete(program.state().resolve("ask"));
    program.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectories(program.home().resolve(".claude/projects"));
    Process agent = program.agent();
    program.withoutJava();
    assertThat(program.answer(Map.of(), "", List.of("daily", "--json")).code()).isZero();
    Files.setLastModifiedTime(
        program.jar(), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
    assertThat(program.run("", List.of("daily")).code()).isEqualTo(LaunchedProgram.STARTED_A_JVM);
    agent.destroyForcibly();
    assertThat(agent.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(program.state().resolve("ask")).exists();
    assertThat(ask()).isEqualTo(STARTED_A_JVM);
  }
}
