package dev.claudometer.agent.forward;

import static java.net.HttpURLConnection.HTTP_CLIENT_TIMEOUT;
import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import dev.claudometer.model.Cause;
import dev.claudometer.wire.DeliveryAnswer;
import dev.claudometer.wire.Enrolled;
import dev.claudometer.wire.EnrolmentRequest;
import dev.claudometer.wire.Machine;
import dev.claudometer.wire.ProblemText;
import dev.claudometer.wire.body.UnusableBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The way to a server over HTTP. Redirects are not followed: the key is for the server that it was
/// given for.
public final class HttpLink implements ServerLink, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int LONGEST_ANSWER = 4 << 20;
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  private final URI server;
  private final String key;
  private final InstantSource clock;
  private final HttpClient client;

  /// @param server as `https://claudometer.example`, with or without a path
  /// @param key of this machine, empty for one that asks for a key
  /// @param clock of this machine: a server is told what it shows
  public HttpLink(URI server, String key, InstantSource clock) {
    this.server = server;
    this.key = key;
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    client =
        ("http".equals(server.getScheme()) ? builder.sslContext(trustingNobody()) : builder)
            .build();
  }

  /// Without TLS the certificates of the world's authorities are not loaded: they are megabytes.
  private static SSLContext trustingNobody() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /// A request that was not done, in one sentence.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /// What came back.
  ///
  /// @param retryAfter how long the server asks to be left alone, null where it does not say
  private record Response(int status, InputStream body, @Nullable Duration retryAfter) {

    boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  @Override
  public Answer deliver(Parcel parcel) throws InterruptedException {
    HttpRequest.Builder request =
        request("/api/v1/events")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .header("Date", RFC_1123_DATE_TIME.format(clock.instant().atOffset(UTC)))
            .POST(BodyPublishers.ofByteArray(parcel.gzip()));
    try {
      return answer(sendAgain(request));
    } catch (UnusableBody noAnswer) {
      return new Answer.NotNow(server + ": " + noAnswer.getMessage(), null);
    } catch (IOException failure) {
      return new Answer.NotNow(why(failure), null);
    }
  }

  private Answer answer(Response response) throws IOException {
    if (response.ok()) {
      return new Answer.Taken(DeliveryAnswer.read(response.body()));
    }
    String why = refusal(response);
    return switch (response.status()) {
      case 401, 403 -> new Answer.KeyRefused(why);
      case 413 -> new Answer.TooLarge(why);
      default -> new Answer.NotNow(why, response.retryAfter());
    };
  }

  /// Whose key this is.
  public Machine machine() throws Refused, InterruptedException {
    return ask(request("/api/v1/device").GET(), Machine::read);
  }

  /// Asks for a key.
  public Enrolled enrol(EnrolmentRequest enrolment) throws Refused, InterruptedException {
    var body = new ByteArrayOutputStream();
    try {
      enrolment.write(body);
    } catch (IOException failure) {
      throw new Refused(why(failure));
    }
    return ask(
        request("/api/v1/enrol")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.toByteArray())),
        Enrolled::read);
  }

  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  private <T> T ask(HttpRequest.Builder request, Reader<T> reader)
      throws Refused, InterruptedException {
    try {
      Response response = send(request);
      if (!response.ok()) {
        throw new Refused(refusal(response));
      }
      return reader.read(response.body());
    } catch (UnusableBody noAnswer) {
      throw new Refused(server + ": " + noAnswer.getMessage());
    } catch (IOException failure) {
      throw new Refused(why(failure));
    }
  }

  private HttpRequest.Builder request(String path) {
    String base = server.toString().replaceAll("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  /// A connection that was kept may just have been closed by the other side, with or without a 408:
  /// then once more, on a new one. To deliver twice is no harm.
  private Response sendAgain(HttpRequest.Builder request) throws IOException, InterruptedException {
    try {
      Response response = send(request);
      return response.status() == HTTP_CLIENT_TIMEOUT ? send(request) : response;
    } catch (HttpTimeoutException | ConnectException | SSLException notReached) {
      throw notReached;
    } catch (IOException closed) {
      return send(request);
    }
  }

  private Response send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      byte[] body = in.readNBytes(LONGEST_ANSWER + 1);
      if (body.length > LONGEST_ANSWER) {
        throw new IOException("its answer is longer than " + LONGEST_ANSWER + " bytes");
      }
      return new Response(
          response.statusCode(), new ByteArrayInputStream(body), retryAfter(response));
    }
  }

  /// `Retry-After` in seconds; a date there is not what Claudometer answers.
  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("\\d{1,9}")
        ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_WAIT_SECONDS))
        : null;
  }

  private String refusal(Response response) {
    String detail = ProblemText.of(response.body());
    String said = detail.isEmpty() ? "" : ": " + detail;
    return switch (response.status()) {
      case 301, 302, 303, 307, 308 ->
          server + " sends elsewhere: set the agent up with the address it sends to";
      case 404 -> "there is no Claudometer server at " + server + said;
      default -> server + " answered " + response.status() + said;
    };
  }

  private String why(IOException failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ -> server + " cannot be reached within 10 seconds";
      case HttpTimeoutException _ -> server + " did not answer within 60 seconds";
      case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
          "there is no machine called " + server.getHost();
      case ConnectException _ -> "nothing listens at " + server;
      case UnknownHostException _ -> "there is no machine called " + server.getHost();
      case SSLException tls -> server + " cannot prove who it is: " + Cause.of(tls);
      default -> server + " cannot be asked: " + Cause.of(failure);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
