package dev.claudometer.server.otlp;

import com.google.protobuf.ByteString;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Promised;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.wire.body.BodyLimits;
import dev.claudometer.wire.body.UnusableBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OTLP over HTTP for many machines, below any prefix of its paths.
final class TelemetryRoutes {

  private static final String PREFIX = "<prefix>";

  private final Signals signals;

  TelemetryRoutes(Signals signals) {
    this.signals = signals;
  }

  List<Route> routes() {
    return List.of(
        route("/v1/logs", this::logs),
        route(PREFIX + "/v1/logs", this::logs),
        route("/v1/metrics", this::metrics),
        route(PREFIX + "/v1/metrics", this::metrics),
        route("/v1/{signal}", this::heard),
        route(PREFIX + "/v1/{signal}", this::heard));
  }

  private static Route route(String path, Route.Action action) {
    return Route.post(path, Access.DEVICE, "Take telemetry", call -> usable(action, call))
        .taking(BodyLimits.TELEMETRY.encodedBytes())
        .repeated()
        .looking(TelemetryRoutes::unsupported);
  }

  private static @Nullable Object usable(Route.Action action, Call call) throws Exception {
    try {
      return action.answer(call);
    } catch (UnusableBody unusable) {
      return reply(Signals.unusable(unusable));
    }
  }

  private static @Nullable Object unsupported(Call call) {
    Signals.Answer refused = Signals.unsupported(call.header("Content-Type"));
    return refused == null ? null : reply(refused);
  }

  private Object logs(Call call) throws Exception {
    return stored(
        call,
        signals.logs(
            call.header("Content-Type"), call.decoded(BodyLimits.TELEMETRY), device(call)));
  }

  private Object metrics(Call call) throws Exception {
    return stored(
        call,
        signals.metrics(
            call.header("Content-Type"), call.decoded(BodyLimits.TELEMETRY), device(call)));
  }

  private Promised stored(Call call, Signals.Read read) {
    return () -> reply(call, read.store());
  }

  private Object heard(Call call) throws Exception {
    return reply(
        call, signals.heard(call.header("Content-Type"), call.decoded(BodyLimits.TELEMETRY)));
  }

  private Reply reply(Call call, Signals.Answer answer) {
    signals.pass(answer, () -> sent(call));
    return reply(answer);
  }

  private static Onward.Sent sent(Call call) {
    return new Onward.Sent(
        call.uri(),
        orEmpty(call.header("Content-Type")),
        call.header("Content-Encoding"),
        orEmpty(call.header("Via")),
        ByteString.copyFrom(call.sent()));
  }

  private static String orEmpty(@Nullable String header) {
    return header == null ? "" : header;
  }

  private static DeviceId device(Call call) {
    if (call.principal() instanceof Principal.Device device) {
      return device.id();
    }
    throw Problem.of(403, "this is for machines");
  }

  private static Reply reply(Signals.Answer answer) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", answer.contentType());
    if (answer.later()) {
      headers.put("Retry-After", Long.toString(Signals.AGAIN_SECONDS));
    }
    return new Reply(answer.status(), headers, answer.body().toByteArray());
  }
}
