package dev.claudometer.wire;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.SessionId;
import java.io.IOException;
import java.time.Duration;

/// `call`: what Claude Code's telemetry told of an API call.
final class CallElement {

  static final String TYPE = "call";

  private CallElement() {}

  static ApiCall read(Fields in) {
    return new ApiCall(
        in.id("call"),
        in.nameOr("request", ""),
        new SessionId(in.nameOr("session", "")),
        in.instant("at"),
        Duration.ofMillis(in.countOr("durationMillis", 0)),
        in.name("model"),
        UsageElement.tokens(in),
        in.flagOr("split", false),
        in.flagOr("fast", false),
        in.nameOr("source", ""),
        in.nameOr("agentId", ""),
        in.nameOr("effort", ""),
        in.costOrNull("cost"));
  }

  static void write(ApiCall call, FieldWriter out) throws IOException {
    out.required("type", TYPE);
    out.required("call", call.id());
    out.text("request", call.requestId(), "");
    out.text("session", call.session().text(), "");
    out.required("at", call.at());
    out.number("durationMillis", call.duration().toMillis(), 0);
    out.required("model", call.model());
    out.tokens(call.tokens());
    out.flag("split", call.split(), false);
    out.flag("fast", call.fast(), false);
    out.text("source", call.source(), "");
    out.text("agentId", call.agent(), "");
    out.text("effort", call.effort(), "");
    out.cost("cost", call.cost());
  }
}
