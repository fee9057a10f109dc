package dev.claudometer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server without memory is one that has ended, never half of one.
@Tag("process")
class ExhaustionTest {

  @ParameterizedTest
  @ValueSource(strings = {"/full", "/beside"})
  void processEndsForItsSupervisor(String path) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ExhaustedServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.inputReader();
        var client = HttpClient.newHttpClient()) {
      String port = out.readLine();
      assertThat(ask(client, port, "/fine")).isEqualTo("200");
      assertThat(ask(client, port, path)).isEqualTo("gone");
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Exhaustion.STATUS);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String ask(HttpClient client, String port, String path)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    try {
      return Integer.toString(client.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException gone) {
      return "gone";
    }
  }
}
