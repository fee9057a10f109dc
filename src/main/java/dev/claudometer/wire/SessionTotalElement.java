package dev.claudometer.wire;

import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import java.io.IOException;
import java.time.Duration;

/// `session_total`: what Claude Code itself has counted of a session.
final class SessionTotalElement {

  static final String TYPE = "session_total";

  private SessionTotalElement() {}

  static SessionTotal read(Fields in) {
    return new SessionTotal(
        new SessionId(in.id("session")),
        new ProjectName(in.name("project")),
        in.instant("startedAt"),
        Duration.ofMillis(in.countOr("elapsedMillis", 0)),
        new Origin.Line(in.pathOr("file", ""), in.countOr("offset", 0)),
        in.cost("cost"),
        in.flagOr("costKnown", true),
        in.countOr("linesAdded", 0),
        in.countOr("linesRemoved", 0),
        in.list("models").stream().map(SessionTotalElement::model).toList());
  }

  private static ModelTotal model(Fields in) {
    return new ModelTotal(
        in.name("model"),
        UsageElement.tokens(in),
        in.countOr("webSearches", 0),
        in.cost("cost"),
        CostBasis.written(in.nameOr("costBasis", "")));
  }

  static void write(SessionTotal total, FieldWriter out) throws IOException {
    out.required("type", TYPE);
    out.required("session", total.session().text());
    out.required("project", total.project().text());
    out.required("startedAt", total.startedAt());
    out.number("elapsedMillis", total.elapsed().toMillis(), 0);
    out.text("file", total.origin().file(), "");
    out.number("offset", total.origin().offset(), 0);
    out.required("cost", total.cost());
    out.flag("costKnown", total.costKnown(), true);
    out.number("linesAdded", total.linesAdded(), 0);
    out.number("linesRemoved", total.linesRemoved(), 0);
    out.list("models", total.models(), model -> write(model, out));
  }

  private static void write(ModelTotal model, FieldWriter out) throws IOException {
    out.required("model", model.model());
    out.tokens(model.tokens());
    out.number("webSearches", model.webSearches(), 0);
    out.required("cost", model.cost());
    out.text("costBasis", model.basis().word(), CostBasis.UNKNOWN.word());
  }
}
