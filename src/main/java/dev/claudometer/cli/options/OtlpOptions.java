package dev.claudometer.cli.options;

import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.server.otlp.Ports;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where Claude Code's telemetry is received, and where it is sent on to.
public final class OtlpOptions {

  private static final String NONE = "none";
  private static final int HIGHEST = 65_535;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      description =
          "Port that Claude Code's telemetry is received on over HTTP, or none. Default:"
              + " $$CLAUDOMETER_OTLP_HTTP_PORT, else 4318.")
  @Nullable String http;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      description = "The same over gRPC. Default: $$CLAUDOMETER_OTLP_GRPC_PORT, else 4317.")
  @Nullable String grpc;

  @Option(
      names = "--forward-telemetry",
      paramLabel = "URL",
      description =
          "OTLP receiver (HTTP) to which that telemetry is sent on, unchanged. Default:"
              + " $$CLAUDOMETER_FORWARD_TELEMETRY, else none.")
  @Nullable String onward;

  /// Where it is sent on to, null for nowhere; what is wrong with it is told to `values`.
  public @Nullable URI onward(Values values) {
    Given given = values.given("--forward-telemetry", onward, ServerVariables.FORWARD_TELEMETRY);
    if (given == null) {
      return null;
    }
    try {
      URI url = new URI(given.value());
      if (given.value().matches("https?://[^\\s?#@]+") && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException noUrl) {
      // said below
    }
    values.wrong(given, "has to be a URL such as http://collector.example:4318");
    return null;
  }

  /// The ports; what is wrong with them is told to `values`.
  public Ports ports(Values values) {
    return new Ports(
        port(
            values.given("--otlp-http-port", http, ServerVariables.OTLP_HTTP_PORT),
            Ports.USUAL_HTTP,
            values),
        port(
            values.given("--otlp-grpc-port", grpc, ServerVariables.OTLP_GRPC_PORT),
            Ports.USUAL_GRPC,
            values));
  }

  /// The options as they were typed, for another process.
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (http != null) {
      arguments.addAll(List.of("--otlp-http-port", http));
    }
    if (grpc != null) {
      arguments.addAll(List.of("--otlp-grpc-port", grpc));
    }
    if (onward != null) {
      arguments.addAll(List.of("--forward-telemetry", onward));
    }
    return arguments;
  }

  private static int port(@Nullable Given given, int usual, Values values) {
    return given != null && given.value().equals(NONE)
        ? Ports.NONE
        : values.number(given, usual, HIGHEST);
  }
}
