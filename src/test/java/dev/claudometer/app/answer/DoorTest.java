package dev.claudometer.app.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whoever knows the token is answered; nobody else learns or stops anything.
@Timeout(240)
class DoorTest {

  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path directory;
  private final AtomicInteger answered = new AtomicInteger();
  private final CountDownLatch hold = new CountDownLatch(1);
  private Door door;
  private int port;

  @BeforeEach
  void open() throws IOException {
    door = Door.open(TOKEN, this::answer, () -> {});
    door.listen(UnixDomainSocketAddress.of(directory.resolve("s")));
    port = door.listen();
    door.start();
  }

  @AfterEach
  void close() throws IOException {
    hold.countDown();
    door.close();
  }

  private byte[] answer(Asked asked) {
    answered.incrementAndGet();
    return switch (asked.arguments().getFirst()) {
      case "large" -> new byte[8 << 20];
      case "hold" -> held();
      default ->
          (asked.arguments() + " " + asked.environment() + " " + asked.input()).getBytes(UTF_8);
    };
  }

  private byte[] held() {
    try {
      hold.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    return "held".getBytes(UTF_8);
  }

  private static String question(String token, String... arguments) {
    return String.join(
            "\0",
            Arrays.asList(
                token, "/l", "", Integer.toString(arguments.length), String.join("\0", arguments)))
        + "\0TZ=UTC\0\0in\0";
  }

  private Socket call(String question) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(question.getBytes(UTF_8));
    return socket;
  }

  private static String heard(Socket socket) throws IOException {
    try (socket) {
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException reset) {
      return "";
    }
  }

  @Test
  void bothWaysLeadToTheSameAnswer() throws Exception {
    String expected = "[daily, , é] {TZ=UTC} in";
    String question = question(TOKEN, "daily", "", "é");
    assertThat(heard(call(question))).isEqualTo(expected);
    try (var unix = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")))) {
      for (byte each : question.getBytes(UTF_8)) {
        unix.write(ByteBuffer.wrap(new byte[] {each}));
      }
      var answer = ByteBuffer.allocate(1_000);
      while (unix.read(answer) >= 0) {}
      assertThat(new String(answer.array(), 0, answer.position(), UTF_8)).isEqualTo(expected);
    }
  }

  @Test
  void strangersGetNothing() throws Exception {
    for (String question :
        List.of(
            question("0123456789abcdeX", "daily"),
            question("", "daily"),
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\0".repeat(100))) {
      assertThat(heard(call(question))).isEmpty();
    }
    assertThat(answered).hasValue(0);
  }

  @Test
  void nonsenseIsHungUpOn() throws Exception {
    for (String question :
        List.of(
            TOKEN + "\0/l\0\0many\0daily\0\0in\0",
            TOKEN + "\0/l\0\0001\0daily\0no variable\0\0in\0",
            TOKEN + "\0/l\0\0001\0daily\0\0in\0more\0")) {
      assertThat(heard(call(question))).as(question).isEmpty();
    }
    assertThat(answered).hasValue(0);
  }

  @Test
  void silentCallersAreNotWaitedFor() throws Exception {
    assertThat(heard(call(question(TOKEN, "daily").substring(0, 30)))).isEmpty();
    assertThat(answered).hasValue(0);
  }

  @Test
  void callersWhoGoAwayOrDoNotReadStopNobody() throws Exception {
    List<Socket> stopped = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      stopped.add(call(question(TOKEN, "large")));
      call(question(TOKEN, "large")).close();
    }
    assertThat(heard(call(question(TOKEN, "daily")))).isEqualTo("[daily] {TZ=UTC} in");
    assertThat(stopped.getFirst().getInputStream().readAllBytes()).hasSize(8 << 20);
    for (Socket each : stopped) {
      each.close();
    }
  }

  @Test
  void whoIsTooManyIsSentAwayAtOnce() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    for (int i = 0; i < 34; i++) {
      waiting.add(call(question(TOKEN, "hold")));
    }
    while (answered.get() < 2) {
      Thread.sleep(10);
    }
    assertThat(heard(call(question(TOKEN, "daily")))).isEmpty();
    hold.countDown();
    for (Socket each : waiting) {
      assertThat(heard(each).strip()).isEqualTo("held");
    }
    assertThat(answered).hasValue(34);
  }

  @Test
  void whoWaitsHearsThatSomebodyIsThere() throws Exception {
    try (Socket waiting = call(question(TOKEN, "hold"))) {
      assertThat(waiting.getInputStream().read()).isEqualTo('\n');
    }
  }
}
