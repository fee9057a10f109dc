package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.ingest.Overloaded;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.source.telemetry.JsonEvents;
import dev.claudometer.source.telemetry.ProtobufEvents;
import dev.claudometer.source.telemetry.Telemetry;
import dev.claudometer.store.StoreException;
import dev.claudometer.wire.body.BodyLimits;
import dev.claudometer.wire.body.UnusableBody;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// OTLP over HTTP, below any prefix of its paths.
///
/// The client repeats a body after 429, 502, 503 and 504 alone, and only where it is told to wait a
/// few seconds at most: so what may come again is 503, and 4xx is what nobody will ever be able to
/// take.
final class TelemetryRoutes {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");
  private static final long AGAIN_SECONDS = 1;
  private static final String REJECTED = "api_request events without a model or tokens";

  private final TelemetryIntake intake;

  TelemetryRoutes(TelemetryIntake intake) {
    this.intake = intake;
  }

  List<Route> routes() {
    return List.of(
        route("/v1/logs", this::logs),
        route("<prefix>/v1/logs", this::logs),
        route("/v1/metrics", TelemetryRoutes::heard),
        route("<prefix>/v1/metrics", TelemetryRoutes::heard),
        route("/v1/traces", TelemetryRoutes::heard),
        route("<prefix>/v1/traces", TelemetryRoutes::heard));
  }

  private static Route route(String path, Route.Action action) {
    return Route.post(path, Access.DEVICE, "Take telemetry", action)
        .taking(BodyLimits.TELEMETRY.encodedBytes())
        .looking(
            call -> {
              json(call);
              return null;
            });
  }

  private Object logs(Call call) throws Exception {
    boolean json = json(call);
    try {
      return answer(json, intake.take(device(call), read(call, json)));
    } catch (Problem | UnusableBody | InterruptedException known) {
      throw known;
    } catch (Overloaded overloaded) {
      throw Problem.later(503, "too much comes at once", AGAIN_SECONDS, overloaded);
    } catch (StoreException failure) {
      LOG.log(System.Logger.Level.ERROR, String.valueOf(failure.getMessage()));
      throw Problem.later(503, "the store cannot be used at the moment", AGAIN_SECONDS, failure);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "telemetry could not be stored", failure);
      throw Problem.later(503, "something went wrong here", AGAIN_SECONDS, failure);
    }
  }

  /// What we have no use for is taken all the same: a client that is refused says so to nobody.
  private static Object heard(Call call) throws IOException {
    boolean json = json(call);
    try (InputStream body = call.decoded(BodyLimits.TELEMETRY)) {
      body.skip(Long.MAX_VALUE);
    }
    return answer(json, 0);
  }

  private static String device(Call call) {
    if (call.principal() instanceof Principal.Device device) {
      return device.id();
    }
    throw Problem.of(
        401, "send a device key: OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer dk_…");
  }

  private static boolean json(Call call) {
    String type = call.header("Content-Type");
    String bare = type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return switch (bare) {
      case "application/json" -> true;
      case "application/x-protobuf", "application/protobuf" -> false;
      default ->
          throw Problem.of(415, "the body has to be application/json or application/x-protobuf");
    };
  }

  private static Telemetry read(Call call, boolean json) throws IOException {
    byte[] bytes;
    try (InputStream body = call.decoded(BodyLimits.TELEMETRY)) {
      bytes = body.readAllBytes();
    }
    try {
      return json ? JsonEvents.read(new ByteArrayInputStream(bytes)) : ProtobufEvents.read(bytes);
    } catch (IOException notTelemetry) {
      throw Problem.of(400, "the body is not OTLP logs");
    }
  }

  private static Reply answer(boolean json, long rejected) {
    Map<String, String> type =
        Map.of("Content-Type", json ? "application/json" : "application/x-protobuf");
    return new Reply(200, type, json ? jsonAnswer(rejected) : response(rejected).toByteArray());
  }

  private static byte[] jsonAnswer(long rejected) {
    String text =
        rejected == 0
            ? "{}"
            : "{\"partialSuccess\":{\"rejectedLogRecords\":\""
                + rejected
                + "\",\"errorMessage\":\""
                + REJECTED
                + "\"}}";
    return text.getBytes(UTF_8);
  }

  static ExportLogsServiceResponse response(long rejected) {
    var response = ExportLogsServiceResponse.newBuilder();
    if (rejected > 0) {
      response.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(rejected)
              .setErrorMessage(REJECTED));
    }
    return response.build();
  }
}
