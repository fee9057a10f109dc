package dev.claudometer.wire;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.SessionId;
import java.io.IOException;

/// `limit`: how full a plan window was.
final class LimitElement {

  static final String TYPE = "limit";

  private LimitElement() {}

  static LimitReading read(Fields in) {
    return new LimitReading(
        in.id("window"),
        in.share("utilization"),
        in.instantOrNull("resetsAt"),
        in.instant("at"),
        in.nameOr("origin", ""),
        new SessionId(in.nameOr("session", "")));
  }

  static void write(LimitReading limit, FieldWriter out) throws IOException {
    out.required("type", TYPE);
    out.required("window", limit.window());
    out.required("utilization", limit.utilization());
    out.instant("resetsAt", limit.resetsAt(), null);
    out.required("at", limit.at());
    out.text("origin", limit.origin(), "");
    out.text("session", limit.session().text(), "");
  }
}
