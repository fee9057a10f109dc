package dev.claudometer.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each agent and each client of a fleet keeps a connection of its own.
class ConnectionMemoryTest {

  private static final int CONNECTIONS = 500;

  /// In bytes of the heap, this side's socket with them; it was 107,000 once.
  private static final long EACH = 50_000;

  private static final byte[] REQUEST =
      """
      GET /fine HTTP/1.1
      Host: localhost:3000
      User-Agent: claudometer/1.0
      Accept: application/json
      Content-Type: application/json
      Authorization: Bearer dk_0123456789012345678901234567890123456789012

      """
          .replace("\n", "\r\n")
          .getBytes(US_ASCII);

  private final List<Socket> open = new ArrayList<>();

  @Test
  void connectionThatWaitsForItsNextRequestTakesLittleMemory() throws Exception {
    try (Server server = start()) {
      connect(server, 50);
      long before = used();
      connect(server, CONNECTIONS);
      assertThat(used() - before).isLessThan(CONNECTIONS * EACH);
      for (Socket connection : open) {
        connection.close();
      }
    }
  }

  private void connect(Server server, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      var connection = new Socket("127.0.0.1", server.port());
      ask(connection);
      ask(connection);
      open.add(connection);
    }
  }

  private static void ask(Socket connection) throws IOException {
    connection.getOutputStream().write(REQUEST);
    var answer = new StringBuilder();
    while (answer.indexOf("ok\"}") < 0) {
      answer.append((char) connection.getInputStream().read());
    }
    assertThat(answer).startsWith("HTTP/1.1 200 OK");
  }

  /// What is in use when nothing is left that nobody uses.
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Server start() {
    return Server.start(
        new Listening("127.0.0.1", 0, null),
        List.of(Route.get("/fine", Access.PUBLIC, "fine", _ -> Map.of("status", "ok"))),
        (_, _) -> new Guard.Admitted(new Principal.Anonymous(), "127.0.0.1", false),
        (_, _, _, _) -> new byte[0],
        InstantSource.system(),
        InstantSource.system());
  }
}
