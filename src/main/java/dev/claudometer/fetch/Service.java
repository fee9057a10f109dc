package dev.claudometer.fetch;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// A service that answers questions with JSON. It is believed nothing: its answers are bounded in
/// size and time, and it cannot send us elsewhere.
public final class Service implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.fetch");

  private static final int MOST_BYTES = 32 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final BaseUrl base;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(Redirect.NEVER)
          .connectTimeout(CONNECT)
          .version(Version.HTTP_1_1)
          .build();

  /// @param patience how long an answer may take, from the first byte sent to the last one read
  public Service(BaseUrl base, Duration patience) {
    this.base = base;
    this.patience = patience;
  }

  /// Asks, and reads the answer.
  ///
  /// @param reader throws [BadJson] where the answer is not what it should be
  /// @throws InterruptedException where the asking thread is to end
  public <T> Answer<T> ask(GetRequest question, Function<JsonValue, T> reader)
      throws InterruptedException {
    long began = System.nanoTime();
    Answer<T> answer = answer(question, reader);
    String how = answer instanceof Failed<T> failed ? "failed: " + failed.sentence() : "was read";
    LOG.log(Level.DEBUG, () -> asked(question) + " " + how + ", " + millis(began) + " ms");
    return answer;
  }

  private <T> Answer<T> answer(GetRequest question, Function<JsonValue, T> reader)
      throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request(question), _ -> new Capped(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      LOG.log(
          Level.DEBUG,
          () ->
              asked(question)
                  + " answered "
                  + response.statusCode()
                  + " with "
                  + response.body().length
                  + " bytes");
      return read(response, question, reader);
    } catch (TimeoutException slow) {
      return failed(
          Reason.UNREACHABLE, "did not answer within " + patience.toSeconds() + " seconds");
    } catch (ExecutionException failure) {
      return failed(failure);
    } finally {
      answer.cancel(true);
    }
  }

  /// Without headers: a secret is one of them.
  private String asked(GetRequest question) {
    return "GET " + base.text() + question.target();
  }

  private static long millis(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private HttpRequest request(GetRequest question) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.text() + question.target()))
            .header("Accept", "application/json");
    question.headers().forEach(header -> request.header(header.name(), header.value()));
    return request.GET().build();
  }

  private <T> Answer<T> read(
      HttpResponse<byte[]> response, GetRequest question, Function<JsonValue, T> reader) {
    if (response.statusCode() != 200) {
      return new Refusal(base.host(), question).of(response);
    }
    try {
      return new Given<>(reader.apply(JsonValue.parse(response.body())));
    } catch (BadJson bad) {
      return failed(
          Reason.UNREADABLE,
          "answered " + question.path() + " with something unexpected: " + bad.getMessage());
    }
  }

  private <T> Answer<T> failed(ExecutionException failure) {
    if (failure.getCause() instanceof Capped.TooLarge) {
      return failed(
          Reason.UNREADABLE, "answered with more than " + (MOST_BYTES >> 20) + " MiB: not read");
    }
    return failed(
        Reason.UNREACHABLE,
        "cannot be reached, or cut the connection: " + NoConnection.why(failure.getCause()));
  }

  private <T> Failed<T> failed(Reason reason, String what) {
    return new Failed<>(reason, base.host() + " " + what, null);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
