package dev.claudometer.export.otlp;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who takes one signal, and how.
///
/// @param url with the signal's path where it is HTTP
/// @param headers secrets: never shown
/// @param timeout of a delivery with all its attempts
record SignalReceiver(
    String url, Protocol protocol, Map<String, String> headers, Duration timeout) {

  private static final String HEADER = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final int USUAL_TIMEOUT = 10_000;
  private static final int MOST_TIMEOUT = 600_000;

  SignalReceiver {
    headers = Map.copyOf(headers);
  }

  enum Protocol {
    GRPC,
    HTTP_PROTOBUF
  }

  /// The configured one; null where none is.
  ///
  /// @param usual where it is unless told otherwise; null for nowhere
  static @Nullable SignalReceiver of(
      Signal signal, OtelVariables variables, @Nullable String usual) {
    if ("none".equals(variables.of("OTEL_" + signal.name() + "_EXPORTER"))) {
      return null;
    }
    String name = variables.name(signal, "ENDPOINT");
    String given = variables.of(name);
    String endpoint = given == null ? usual : given;
    if (endpoint == null) {
      return null;
    }
    Protocol protocol = protocol(variables, variables.name(signal, "PROTOCOL"));
    String wrong = wrong(endpoint, protocol);
    if (wrong != null) {
      variables.problem().accept(name + " " + wrong);
      return null;
    }
    return new SignalReceiver(
        url(endpoint, protocol, name.contains(signal.name()), signal),
        protocol,
        headers(variables, variables.name(signal, "HEADERS")),
        variables.milliseconds(variables.name(signal, "TIMEOUT"), USUAL_TIMEOUT, 1, MOST_TIMEOUT));
  }

  private static Protocol protocol(OtelVariables variables, String name) {
    String value = variables.of(name);
    return switch (value == null ? "grpc" : value.toLowerCase(Locale.ROOT)) {
      case "grpc" -> Protocol.GRPC;
      case "http/protobuf" -> Protocol.HTTP_PROTOBUF;
      default -> {
        variables.problem().accept(name + " has to be grpc or http/protobuf: '" + value + "'");
        yield Protocol.GRPC;
      }
    };
  }

  /// What is wrong with an address, without what could be a password in it.
  private static @Nullable String wrong(String endpoint, Protocol protocol) {
    if (endpoint.contains("@")) {
      return "must not hold a name or a password: give them in OTEL_EXPORTER_OTLP_HEADERS";
    }
    if (!endpoint.matches("https?://[A-Za-z0-9._\\-\\[\\]:]+(/[A-Za-z0-9._~%\\-/]*)?")
        || host(endpoint) == null) {
      return "has to be a URL such as http://localhost:4317";
    }
    String path = URI.create(endpoint).getPath();
    return protocol == Protocol.GRPC && path.length() > 1
        ? "has a path, and gRPC knows none: leave it out, or set OTEL_EXPORTER_OTLP_PROTOCOL to"
            + " http/protobuf"
        : null;
  }

  private static @Nullable String host(String endpoint) {
    try {
      return URI.create(endpoint).getHost();
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }

  /// An address for one signal stands as it is, one for all gets the signal's path.
  private static String url(String endpoint, Protocol protocol, boolean exact, Signal signal) {
    String plain = endpoint.replaceAll("/+$", "");
    return switch (protocol) {
      case GRPC -> plain;
      case HTTP_PROTOBUF -> exact ? endpoint : plain + signal.path();
    };
  }

  private static Map<String, String> headers(OtelVariables variables, String name) {
    Map<String, String> headers = variables.pairs(name, HEADER);
    if (!headers.values().stream().allMatch(value -> value.matches("[ -~]*"))) {
      variables.problem().accept(name + ": a value has to be printable ASCII");
      return Map.of();
    }
    return headers;
  }

  /// What logs may hold of it.
  String shown() {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  @Override
  public String toString() {
    return "Receiver[" + shown() + "]";
  }
}
