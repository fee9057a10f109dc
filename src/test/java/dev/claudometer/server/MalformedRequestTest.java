package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.api.LogPage;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no request as HTTP has it is the caller's mistake: said as one, in one line of the log.
class MalformedRequestTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/login|Content-Type: application/json; charset=x|Content-Length: 2||{}",
        "POST /api/v1/login|Content-Type: application/json; charset=%%|Content-Length: 2||{}",
        "POST /login|Content-Type: application/x-www-form-urlencoded; charset=x|Content-Length:"
            + " 2||a=",
        "POST /api/v1/login|Content-Type: application/json|Transfer-Encoding: chunked||zz|{}",
        "POST /api/v1/login|Content-Type: application/json|Transfer-Encoding:"
            + " chunked||2|{}nonsense",
        "POST /api/v1/login|Content-Type: application/json|Content-Length: 100||{",
        "POST /api/usage|Content-Type: application/json|Content-Encoding: gzip|Content-Length:"
            + " 3||{}.",
        "POST /api/v1/login|Content-Type: application/json|Content-Length:"
            + " 12||{\"name\":\"\u00ff\"",
        "POST /api/v1/setup|Content-Type: application/json|Content-Length: 9||[[[[[[[[[",
        "GET /api/v1/setup?x=%zz|Accept: */*||",
        "GET /api/v1/set%00up|Accept: */*||",
        "GET /login?next=%ff|Accept: text/html||",
        "GET /api/v1/setup|Cookie: claudometer=\u0001; =;;||",
      })
  void isAnsweredAsOneAndLoggedInALineAtMost(String request) throws IOException {
    try (var server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      String status = send(server, request);
      assertThat(status).as(request).matches("HTTP/1.1 (200|303|4..)");
      List<LogPage.Line> lines = server.log.after(0);
      assertThat(lines).as(request).hasSizeLessThanOrEqualTo(1);
      assertThat(lines)
          .allSatisfy(
              line -> assertThat(line.message()).doesNotContain("\n", "\tat ", "Exception"));
    }
  }

  private static String send(TestServer server, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      String[] parts = request.split("\\|\\|", 2);
      String head = parts[0].replaceFirst("\\|", " HTTP/1.1\r\nHost: localhost\r\n");
      String body = parts[1].replace("|", "\r\n");
      socket
          .getOutputStream()
          .write((head.replace("|", "\r\n") + "\r\n\r\n" + body).getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
    }
  }
}
