package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.session.ResponseAnswers.PriceRow;
import dev.claudometer.report.session.ResponseAnswers.Response;
import dev.claudometer.report.session.SessionDetail;
import dev.claudometer.report.session.SessionDetail.Happening;
import dev.claudometer.report.session.SessionStory.Moment;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened in a session: responses, and what came between them.
public record SessionTimeline(Figures figures) {

  private static final Comparator<Placed> ORDER =
      Comparator.comparing(Placed::at).thenComparingInt(Placed::place);

  /// A row, and when it was.
  ///
  /// @param place among those of the same instant: what leads to a response comes before it
  private record Placed(Instant at, int place, List<Cell> cells) {}

  /// Some moments, as a page shows them.
  public Table table(String id, String caption, List<Moment> moments) {
    return of(id, caption, moments.stream().map(this::row).toList());
  }

  private List<Cell> row(Moment moment) {
    Response response = moment.response();
    Happening happening = moment.happening();
    if (response != null) {
      return response(response, "response " + Figures.count(moment.number()));
    }
    return happening == null ? List.of() : happening(happening);
  }

  /// A part of a session, in its order, as files have it.
  ///
  /// @param first whether nothing of the session comes before
  public List<List<Cell>> rows(SessionDetail detail, boolean first) {
    List<Placed> moments = new ArrayList<>();
    detail
        .responses()
        .forEach(each -> moments.add(new Placed(each.at(), 1, response(each, "response"))));
    detail.happenings().stream()
        .filter(each -> amongTheResponses(each, detail, first))
        .forEach(each -> moments.add(new Placed(each.at(), place(each), happening(each))));
    moments.sort(ORDER);
    return moments.stream().map(Placed::cells).toList();
  }

  private static Table of(String id, String caption, List<List<Cell>> rows) {
    return Table.of(
        id,
        caption,
        List.of(
            Column.time("at", "At"),
            Column.text("what", "What"),
            Column.text("detail", "Model or reason"),
            Column.number("costUsd", "Cost"),
            Column.number("inputTokens", "Input"),
            Column.number("outputTokens", "Output"),
            Column.number("cacheWriteTokens", "Cache write"),
            Column.number("cacheReadTokens", "Cache read"),
            Column.text("tools", "Tools"),
            Column.text("agent", "Subagent"),
            Column.text("stopReason", "Ended by"),
            Column.inFiles("place")),
        rows,
        "There is none of these in this session.");
  }

  private static int place(Happening happening) {
    return happening.kind().equals("prompt") ? 0 : 2;
  }

  /// Of a session that is shown in parts, what belongs to this one.
  private static boolean amongTheResponses(
      Happening happening, SessionDetail detail, boolean first) {
    List<Response> responses = detail.responses();
    if (responses.isEmpty()) {
      return first;
    }
    boolean early = happening.at().isBefore(responses.getFirst().at());
    boolean late = happening.at().isAfter(responses.getLast().at());
    return (first || !early) && (!detail.more() || !late);
  }

  private List<Cell> response(Response response, String what) {
    String stop = response.stopReason();
    Cell cost =
        response.counted()
            ? Cell.cost(figures, Money.ofOne(response.counts()))
            : new Cell(response.sender() == null ? "a replay" : "given way", null, "", List.of());
    return List.of(
        Cell.second(figures, response.at()),
        Cell.name(what).valued("response"),
        Cell.model(ModelName.words(response.model()), response.model()),
        cost.with(why(response)),
        Cell.count(response.input()),
        Cell.count(response.output()),
        Cell.count(response.cacheWrite5m() + response.cacheWrite1h()),
        Cell.count(response.cacheRead()),
        Cell.name(String.join(", ", response.tools())),
        Cell.name(response.agent()),
        Cell.name(stop == null ? "not finished" : stop),
        Cell.name(place(response)));
  }

  private static String place(Response response) {
    return response.file() == null
        ? "sent by " + response.sender() + " at " + response.sentAt()
        : response.file() + ":" + response.offset();
  }

  /// From the cost down to the row of the price book; always in dollars, as prices are.
  private static List<String> why(Response response) {
    var why = new ArrayList<>(response.why());
    why.add(response.cost() == null ? "nothing is booked" : "booked " + dollars(response.cost()));
    if (response.costToday() != null) {
      why.add("at today’s prices " + dollars(response.costToday()));
    }
    if (response.costReported() != null) {
      why.add("Claude Code itself booked " + dollars(response.costReported()));
    }
    why.add(row(response.priceRow()));
    why.add((response.file() == null ? "" : "line at ") + place(response));
    why.add("message " + response.message() + ", request " + response.request());
    return why;
  }

  private static String dollars(Usd amount) {
    return "$" + amount.dollars().stripTrailingZeros().toPlainString();
  }

  private static String row(@Nullable PriceRow row) {
    if (row == null) {
      return "no row of the price book";
    }
    Instant until = row.until();
    return "price row "
        + row.model()
        + (until == null ? ", in force" : ", until " + until)
        + ", from "
        + row.source();
  }

  private List<Cell> happening(Happening happening) {
    return List.of(
        Cell.second(figures, happening.at()),
        Cell.name(what(happening.kind())).valued(happening.kind()),
        Cell.name(reason(happening)).valued(happening.name()),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none(),
        Cell.none());
  }

  private static String what(String kind) {
    return switch (kind) {
      case "api_error" -> "error";
      case "api_retry" -> "retry";
      case "turn" -> "turn ended";
      default -> kind.replace('_', ' ');
    };
  }

  private static String reason(Happening happening) {
    return switch (happening.kind()) {
      case "turn" -> "after " + Duration.ofMillis(happening.value()).toSeconds() + " s";
      case "compaction" ->
          happening.name()
              + (happening.value() > 0
                  ? ", " + Figures.count(happening.value()) + " tokens before"
                  : "");
      case "limit_reached" -> "until " + Instant.ofEpochSecond(happening.value());
      default -> happening.name();
    };
  }
}
