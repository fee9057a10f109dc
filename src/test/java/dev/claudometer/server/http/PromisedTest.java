package dev.claudometer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Answers that wait for one another.
class PromisedTest {

  private static final int CALLERS = 200;

  /// More than there are workers: none of them is answered before all of them wait.
  @Test
  void requestThatWaitsHoldsNoWorker() throws Exception {
    var all = new CountDownLatch(CALLERS);
    Promised promised =
        () -> {
          all.countDown();
          all.await();
          return Map.of("status", "ok");
        };
    try (Server server = start(Route.get("/wait", Access.PUBLIC, "wait", _ -> promised));
        HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/wait")).build();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().body()).isEqualTo("{\"status\":\"ok\"}");
      }
    }
  }

  @Test
  void promiseThatIsNotKeptIsAProblem() throws Exception {
    Promised broken =
        () -> {
          throw Problem.of(409, "it was otherwise");
        };
    try (Server server = start(Route.get("/wait", Access.PUBLIC, "wait", _ -> broken));
        HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/wait")).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(409);
    }
  }

  private static Server start(Route route) {
    return Server.start(
        new Listening("127.0.0.1", 0, null),
        List.of(route),
        (_, _) -> new Guard.Admitted(new Principal.Anonymous(), "127.0.0.1", false),
        (_, _, _, _) -> new byte[0],
        InstantSource.system(),
        InstantSource.system());
  }
}
