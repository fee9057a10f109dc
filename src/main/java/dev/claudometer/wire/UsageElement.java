package dev.claudometer.wire;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Work;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// `usage`: the tokens of one API response, or of a part of it.
final class UsageElement {

  static final String TYPE = "usage";

  private UsageElement() {}

  static UsageEvent read(Fields in) {
    Instant at = in.instant("at");
    TokenCounts tokens = tokens(in);
    Origin origin = OriginFields.FACT.read(in, new Origin.Line("", 0));
    List<ToolUse> tools = in.list("tools", tool -> new ToolUse(tool.name("id"), tool.name("name")));
    return new UsageEvent(
        new EventKey(in.id("message"), in.nameOr("request", ""), in.smallCountOr("part", 0)),
        new Completion(at, in.countOr("atOutput", tokens.output())),
        usage(in, tokens),
        attribution(in, at, origin),
        in.flagOr("progress", false),
        origin,
        tools);
  }

  static TokenCounts tokens(Fields in) {
    return new TokenCounts(
        in.count("input"),
        in.count("output"),
        in.countOr("cacheWrite5m", 0),
        in.countOr("cacheWrite1h", 0),
        in.countOr("cacheRead", 0));
  }

  private static Usage usage(Fields in, TokenCounts tokens) {
    return new Usage(
        in.name("model"),
        tokens,
        in.smallCountOr("webSearches", 0),
        in.smallCountOr("webFetches", 0),
        in.countOr("thinking", Usage.UNTOLD),
        new BillingTerms(
            in.nameOr("serviceTier", ""), in.nameOr("speed", ""), in.nameOr("inferenceGeo", "")),
        in.nameOrNull("stopReason"),
        in.costOrNull("reportedCost"),
        in.list("rounds", UsageElement::tokens));
  }

  private static Attribution attribution(Fields in, Instant at, Origin origin) {
    return new Attribution(
        new SessionId(in.name("session")),
        new ProjectName(in.name("project")),
        in.nameOr("branch", ""),
        in.nameOr("agentId", ""),
        in.flagOr("sidechain", false),
        in.flagOr("forked", false),
        in.instantOr("attributedAt", at),
        OriginFields.ATTRIBUTION.read(in, origin),
        work(in));
  }

  private static Work work(Fields in) {
    return new Work(in.nameOr("agentType", ""), in.nameOr("skill", ""), in.nameOr("mcpServer", ""));
  }

  static void write(UsageEvent event, FieldWriter out) throws IOException {
    out.required("type", TYPE);
    out.required("message", event.key().messageId());
    out.text("request", event.key().requestId(), "");
    out.number("part", event.key().part(), 0);
    out.required("at", event.at());
    out.number("atOutput", event.completion().output(), event.usage().tokens().output());
    write(event.usage(), out);
    write(event.attribution(), event, out);
    out.flag("progress", event.progress(), false);
    OriginFields.FACT.write(event.origin(), new Origin.Line("", 0), out);
    out.list(
        "tools",
        event.tools(),
        tool -> {
          out.required("id", tool.id());
          out.required("name", tool.name());
        });
  }

  private static void write(Usage usage, FieldWriter out) throws IOException {
    out.required("model", usage.model());
    out.tokens(usage.tokens());
    out.number("webSearches", usage.webSearches(), 0);
    out.number("webFetches", usage.webFetches(), 0);
    out.number("thinking", usage.thinking(), Usage.UNTOLD);
    out.text("serviceTier", usage.terms().serviceTier(), "");
    out.text("speed", usage.terms().speed(), "");
    out.text("inferenceGeo", usage.terms().inferenceGeo(), "");
    out.text("stopReason", usage.stopReason(), null);
    out.cost("reportedCost", usage.reportedCost());
    out.list("rounds", usage.rounds(), out::tokens);
  }

  private static void write(Attribution attribution, UsageEvent event, FieldWriter out)
      throws IOException {
    out.required("session", attribution.session().text());
    out.required("project", attribution.project().text());
    out.text("branch", attribution.branch(), "");
    out.text("agentId", attribution.agent(), "");
    out.flag("sidechain", attribution.sidechain(), false);
    out.flag("forked", attribution.forked(), false);
    out.instant("attributedAt", attribution.at(), event.at());
    OriginFields.ATTRIBUTION.write(attribution.origin(), event.origin(), out);
    out.text("agentType", attribution.work().agent(), "");
    out.text("skill", attribution.work().skill(), "");
    out.text("mcpServer", attribution.work().mcpServer(), "");
  }
}
