package dev.claudometer.source.planlimits;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The gRPC service `cookiejar.v1.CookieService`, which keeps a browser's cookies.
public final class CookieJar implements AutoCloseable {

  private static final int MOST_BYTES = 1 << 20;
  private static final int SECONDS = 20;

  private static final MethodDescriptor<String, String> GET_COOKIES =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodType.UNARY)
          .setFullMethodName("cookiejar.v1.CookieService/GetCookies")
          .setRequestMarshaller(new OneString())
          .setResponseMarshaller(new OneString())
          .build();

  /// The service answers with whole `Set-Cookie` lines, one after another.
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "path",
          "domain",
          "expires",
          "max-age",
          "httponly",
          "secure",
          "samesite",
          "partitioned",
          "priority");

  private final String shown;
  private final ManagedChannel channel;

  private CookieJar(String shown, ManagedChannel channel) {
    this.shown = shown;
    this.channel = channel;
  }

  /// Connects when it is asked for the first time.
  ///
  /// @param url `http://cookiejar-reader:50051`
  /// @throws IllegalArgumentException where it is none
  public static CookieJar at(String url) {
    if (!url.matches("https?://[A-Za-z0-9.\\-]+:[0-9]{1,5}/?")) {
      throw new IllegalArgumentException(
          "'" + url + "' is not a URL such as http://cookiejar-reader:50051");
    }
    URI uri = URI.create(url);
    var builder =
        OkHttpChannelBuilder.forAddress(uri.getHost(), uri.getPort())
            .maxInboundMessageSize(MOST_BYTES);
    if (uri.getScheme().equals("http")) {
      builder.usePlaintext();
    }
    return new CookieJar(uri.getHost() + ":" + uri.getPort(), builder.build());
  }

  /// The `Cookie` header for a host: names and values, without attributes.
  public Answer<String> header(String host) {
    try {
      String cookies =
          ClientCalls.blockingUnaryCall(
              channel,
              GET_COOKIES,
              CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
              host);
      String header = header(cookies, ATTRIBUTES);
      return header.isEmpty()
          ? failed(Reason.UNAUTHORIZED, "has no cookies for " + host)
          : new Given<>(header);
    } catch (StatusRuntimeException failure) {
      return failed(failure.getStatus(), host);
    }
  }

  private static String header(String cookies, Set<String> attributes) {
    return Arrays.stream(cookies.split(";", -1))
        .map(String::strip)
        .filter(pair -> pair.matches("[!-:<-~]+=[ -~]*"))
        .filter(
            pair ->
                !attributes.contains(pair.substring(0, pair.indexOf('=')).toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining("; "));
  }

  private Failed<String> failed(Status status, String host) {
    return switch (status.getCode()) {
      case NOT_FOUND -> failed(Reason.UNAUTHORIZED, "has no cookies for " + host);
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED ->
          failed(Reason.UNREACHABLE, "cannot be reached (" + status.getCode() + ")");
      default -> failed(Reason.UNREADABLE, "answered with " + status.getCode());
    };
  }

  private Failed<String> failed(Reason reason, String what) {
    return new Failed<>(reason, "the cookie service " + shown + " " + what, null);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
