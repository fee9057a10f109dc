package dev.claudometer.server.api.usage;

import dev.claudometer.report.Drivers;
import dev.claudometer.report.Forecast;
import dev.claudometer.report.HourOfWeek;
import dev.claudometer.report.Interval;
import dev.claudometer.report.Overview;
import dev.claudometer.report.PeopleUse;
import dev.claudometer.report.Question;
import dev.claudometer.report.RunningCost;
import dev.claudometer.report.Split;
import dev.claudometer.report.TeamSums;
import dev.claudometer.report.TimeSeries;
import dev.claudometer.report.UsageAnswers;
import dev.claudometer.report.UsageAnswers.Hour;
import dev.claudometer.report.UsageAnswers.Shares;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import java.time.DayOfWeek;
import java.util.List;

/// What was used and what it cost, over time and by whatever it can be split by.
public final class UsageApi {

  private static final int TOP = 10;

  private final UsageAnswers answers;
  private final Questions questions;

  public UsageApi(UsageAnswers answers, Questions questions) {
    this.answers = answers;
    this.questions = questions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/overview",
            Access.VIEWER,
            "Totals of a period beside those of the period before",
            call -> overview(call).top(TOP)),
        Route.get(
            "/api/v1/timeseries",
            Access.VIEWER,
            "Totals by hour, day, week or month, split by device, project, model, branch or person",
            this::series),
        Route.get(
            "/api/v1/usage",
            Access.VIEWER,
            "Totals of a period, split by device, project, model, branch, session or person",
            call -> answers.shares(questions.of(call))),
        Route.get(
            "/api/v1/drivers",
            Access.VIEWER,
            "What moved the cost of a period, by person, project, model and session",
            this::drivers),
        Route.get(
            "/api/v1/team-usage",
            Access.VIEWER,
            "Totals of teams in whole days, where five of their people or more used something",
            this::teams),
        Route.get(
            "/api/v1/forecast",
            Access.VIEWER,
            "What the month that runs will have cost when it is over",
            this::forecast),
        Route.get(
            "/api/v1/running-cost",
            Access.VIEWER,
            "Cost as it adds up, beside that of the period before",
            call -> running(call, Interval.DAY)));
  }

  /// With all shares: the API tells the ten most expensive ones.
  public Overview overview(Call call) {
    return answers.overview(questions.of(call), call.now());
  }

  /// What each part of a split used in the period that the caller asks about.
  public Shares shares(Call call, Split split) {
    return answers.shares(questions.of(call).split(split));
  }

  public TimeSeries series(Call call) {
    return series(call, Interval.DAY);
  }

  /// The same, in steps of this length where the caller says nothing else.
  public TimeSeries series(Call call, Interval usual) {
    Question question = questions.of(call);
    if (question.by() == Split.SESSION) {
      throw Problem.of(422, "'by' has to be device, project, model, branch or person here");
    }
    return answers.series(question, call.choice("step", Interval.class, usual));
  }

  /// What is asked about; by default the current month.
  public Question question(Call call) {
    return questions.of(call);
  }

  public Drivers drivers(Call call) {
    return answers.drivers(questions.of(call), call.now());
  }

  public Forecast forecast(Call call) {
    return answers.forecast(questions.of(call), call.now());
  }

  /// In steps of this length where the caller says nothing else.
  public RunningCost running(Call call, Interval usual) {
    return answers.running(
        questions.of(call), call.choice("step", Interval.class, usual), call.now());
  }

  /// Of whole teams; also for whoever is told of nobody else's machines, where the server is set
  /// so.
  public TeamSums teams(Call call) {
    return answers.teams(questions.ofWholeDays(call));
  }

  /// By person.
  public PeopleUse people(Call call) {
    return answers.people(questions.of(call), call.now());
  }

  /// What an hour of the week was made of: `day` (monday, …) and `hour` (0 to 23).
  public HourOfWeek hour(Call call) {
    return answers.hour(
        questions.of(call),
        call.choice("day", DayOfWeek.class, DayOfWeek.MONDAY),
        call.number("hour", 0, 23));
  }

  /// By hour of the week.
  public List<Hour> week(Call call) {
    return answers.week(questions.of(call));
  }
}
