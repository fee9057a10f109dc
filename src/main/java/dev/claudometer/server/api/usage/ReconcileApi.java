package dev.claudometer.server.api.usage;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.By;
import dev.claudometer.reconcile.CauseDetail;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Period;
import dev.claudometer.reconcile.Reconciler;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.reconcile.lines.CauseLines;
import dev.claudometer.reconcile.lines.CauseTrail;
import dev.claudometer.report.Question;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.quality.Told;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why the bill is not what was counted.
public final class ReconcileApi {

  private final Reconciler reconciler;
  private final CauseTrail trail;
  private final Questions questions;

  public ReconcileApi(Reconciler reconciler, CauseTrail trail, Questions questions) {
    this.reconciler = reconciler;
    this.trail = trail;
    this.questions = questions;
  }

  /// Tokens of the usage report; null is unknown.
  public record Tokens(
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long cacheWrite5m,
      @Nullable Long cacheWrite1h,
      @Nullable Long cacheRead,
      @Nullable Long webSearches) {

    static Tokens of(BilledAmounts amounts) {
      return new Tokens(
          amounts.of(Measure.INPUT),
          amounts.of(Measure.OUTPUT),
          amounts.of(Measure.CACHE_WRITE_5M),
          amounts.of(Measure.CACHE_WRITE_1H),
          amounts.of(Measure.CACHE_READ),
          amounts.of(Measure.WEB_SEARCHES));
    }
  }

  /// A part of a difference.
  ///
  /// @param cost what it adds to what was counted, on the way to what was billed
  public record CausePart(
      String cause, String title, Usd cost, List<String> of, String known, String todo) {

    static @Nullable List<CausePart> of(@Nullable List<Part> parts) {
      return parts == null
          ? null
          : parts.stream()
              .map(
                  part ->
                      new CausePart(
                          part.cause().key(),
                          part.cause().title(),
                          part.amount(),
                          part.of(),
                          part.cause().known(),
                          part.cause().todo()))
              .toList();
    }
  }

  /// A day, a model, a workspace, a key or a person.
  public record PartOf(
      String name,
      @Nullable Usd countedCost,
      @Nullable Usd toldCost,
      @Nullable Usd billedCost,
      @Nullable Usd costDifference,
      @Nullable List<CausePart> causes) {

    static PartOf of(Reconciliation.Row row) {
      return new PartOf(
          row.name(),
          row.counted(),
          row.told(),
          row.billed(),
          row.difference(),
          CausePart.of(row.parts()));
    }
  }

  /// See [Reconciliation].
  public record Reconciled(
      String first,
      String last,
      ZoneId timeZone,
      @Nullable Usd countedCost,
      long unpricedResponses,
      @Nullable Usd contractCost,
      Told telemetry,
      @Nullable Tokens told,
      @Nullable Usd billedCost,
      long unbilledTokens,
      @Nullable Usd costDifference,
      @Nullable Usd unknownCost,
      @Nullable List<CausePart> causes,
      List<String> open,
      String by,
      List<PartOf> rows) {

    static Reconciled of(Reconciliation answer) {
      return new Reconciled(
          answer.first().toString(),
          answer.last().toString(),
          answer.zone(),
          answer.counted().known(),
          answer.counted().unpriced(),
          answer.contract(),
          answer.telemetry(),
          answer.told() == null ? null : Tokens.of(answer.told()),
          answer.billed().known(),
          answer.billed().unbilledTokens(),
          answer.difference(),
          answer.unknown(),
          CausePart.of(answer.parts()),
          answer.open(),
          answer.by().name().toLowerCase(Locale.ROOT),
          answer.rows().stream().map(PartOf::of).toList());
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/reconcile",
            Access.FINANCE,
            "Why what Anthropic billed is not what was counted: the difference by its causes",
            this::reconciled),
        Route.get(
            "/api/v1/reconcile/cause",
            Access.FINANCE,
            "A cause, down to the days and models that it is of",
            this::cause),
        Route.get(
            "/api/v1/reconcile/cause/lines",
            Access.FINANCE,
            "What a cause is made of on a UTC day: counted responses, and Anthropic's lines",
            this::lines));
  }

  private CauseDetail cause(Call call) {
    return cause(call, asked(call));
  }

  public CauseDetail cause(Call call, DifferenceCause cause) {
    return reconciler.cause(period(call), cause, call.now());
  }

  private static DifferenceCause asked(Call call) {
    if (call.query("cause") == null) {
      throw Problem.of(422, "'cause' has to be a cause such as plan_usage");
    }
    return call.choice("cause", DifferenceCause.class, DifferenceCause.UNKNOWN);
  }

  private CauseLines lines(Call call) {
    return lines(call, asked(call));
  }

  public CauseLines lines(Call call, DifferenceCause cause) {
    String day = call.query("day");
    try {
      return trail.of(cause, LocalDate.parse(day == null ? "" : day));
    } catch (DateTimeException wrong) {
      throw Problem.of(422, "'day' has to be a day such as 2026-11-20");
    }
  }

  private Reconciled reconciled(Call call) {
    return Reconciled.of(
        reconciler.reconcile(period(call), call.choice("by", By.class, By.MODEL), call.now()));
  }

  private Period period(Call call) {
    Question question = questions.ofAnything(call);
    String month = call.query("month");
    return month == null ? days(question) : month(month, question.zone());
  }

  private static Period month(String text, ZoneId zone) {
    try {
      return Period.of(YearMonth.parse(text), zone);
    } catch (DateTimeException wrong) {
      throw Problem.of(422, "'month' has to be a month such as 2026-11");
    }
  }

  /// The days that a question touches.
  private static Period days(Question question) {
    Instant end = question.range().to().minusNanos(1);
    return new Period(
        LocalDate.ofInstant(question.range().from(), question.zone()),
        LocalDate.ofInstant(end, question.zone()),
        question.zone());
  }

  /// By several of what it can be split by, for a page.
  public Map<By, Reconciliation> reconciliations(Call call, Question question, Set<By> splits) {
    return reconciler.reconcile(days(question), splits, call.now());
  }
}
