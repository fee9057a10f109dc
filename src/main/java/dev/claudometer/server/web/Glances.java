package dev.claudometer.server.web;

import dev.claudometer.report.Drivers;
import dev.claudometer.report.Forecast;
import dev.claudometer.report.Interval;
import dev.claudometer.report.Money;
import dev.claudometer.report.Overview;
import dev.claudometer.report.Share;
import dev.claudometer.report.Split;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.api.devices.DevicesApi.Machine;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.glance.Comparison;
import dev.claudometer.server.web.glance.Gauge;
import dev.claudometer.server.web.glance.Glance;
import dev.claudometer.server.web.glance.Glance.Note;
import dev.claudometer.server.web.glance.Glance.Stat;
import dev.claudometer.server.web.glance.Glance.Top;
import dev.claudometer.server.web.glance.Mover;
import dev.claudometer.server.web.glance.RunningChart;
import dev.claudometer.server.web.glance.StandingOut;
import dev.claudometer.server.web.glance.Subject;
import dev.claudometer.server.web.glance.TokenUse;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import dev.claudometer.server.web.table.NotedDays;
import dev.claudometer.store.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Makes what an overview says beside its tables, of the API's answers.
record Glances(
    Api api,
    Call call,
    Subject subject,
    Overview overview,
    NotedDays noted,
    Figures figures,
    Picker picker) {

  Glance glance(Interval step, List<Top> tops) {
    Forecast forecast = api.usage().forecast(call);
    Drivers drivers = api.usage().drivers(call);
    Money cost = Money.of(overview.totals());
    List<Limit> limits = limits();
    Address about = picker.about();
    return new Glance(
        subject,
        title(),
        notes(),
        picker,
        cost.isUnknown() ? figures.cost(cost) : figures.money(cost.known()),
        cost.unpriced(),
        Comparison.of(overview, figures),
        forecast(forecast),
        RunningChart.of(api.usage().running(call, step), forecast, noted, figures, call.now()),
        stats(cost),
        TokenUse.of(overview, figures),
        Gauge.of(api.state(), limits, call.now()),
        limits.size(),
        Mover.of(drivers, subject, figures, about),
        StandingOut.of(drivers, overview.totals().reportedElseCalculated().nanos(), figures, about),
        tops,
        figures.rateNote(),
        figures.currency());
  }

  /// The name of what the page is about.
  String title() {
    if (subject.kind() == null) {
      return "Overview";
    }
    String name =
        subject.about(Split.DEVICE)
            ? named(overview.topDevices())
            : subject.about(Split.PROJECT) ? named(overview.topProjects()) : subject.key();
    return subject.about(Split.MODEL) ? ModelName.words(name) : Escaped.name(name);
  }

  private String named(List<Share> shares) {
    return shares.stream()
        .filter(share -> share.key().equals(subject.key()))
        .map(Share::name)
        .findFirst()
        .orElse(subject.key());
  }

  private List<Note> notes() {
    if (subject.about(Split.PERSON)) {
      return machines()
          .filter(machine -> machine.owner().equals(subject.key()))
          .map(
              machine ->
                  new Note(Escaped.name(machine.name()), about(Split.DEVICE, machine.id().text())))
          .toList();
    }
    List<Note> notes = new ArrayList<>();
    if (subject.about(Split.DEVICE)) {
      machines()
          .filter(machine -> machine.id().text().equals(subject.key()))
          .forEach(
              machine -> {
                if (!machine.owner().isEmpty()) {
                  notes.add(
                      new Note(
                          Escaped.name(machine.owner()), about(Split.PERSON, machine.owner())));
                }
                notes.add(new Note("State, keys and name", "/devices/" + subject.key()));
              });
    }
    return notes;
  }

  private Stream<Machine> machines() {
    return api.devices().list(call).devices().stream();
  }

  private String about(Split kind, String key) {
    return picker
        .about()
        .without(Subject.word(Split.PERSON), Subject.word(Split.DEVICE))
        .at("/" + Subject.word(kind))
        .with(Subject.word(kind), key)
        .text();
  }

  /// Windows of the machines that the page is about; of a project, a model or a branch there are
  /// none.
  private List<Limit> limits() {
    boolean any =
        subject.kind() == null || subject.about(Split.PERSON) || subject.about(Split.DEVICE);
    Set<String> asked = api.usage().question(call).where().allowed().get(Dimension.DEVICE);
    return any
        ? api.state().windows(call).stream()
            .filter(limit -> asked == null || asked.contains(limit.device().text()))
            .toList()
        : List.of();
  }

  /// `$8,113 by 30 Nov 2026`: where the period reaches into days that are to come.
  private String forecast(Forecast forecast) {
    boolean runs = call.now().isBefore(overview.to());
    return runs && forecast.cost() != null
        ? figures.money(forecast.cost()) + " by " + lastDay(forecast)
        : "";
  }

  private String lastDay(Forecast forecast) {
    return figures.days(forecast.to().minusSeconds(86_400), forecast.to());
  }

  private List<Stat> stats(Money cost) {
    return List.of(
        new Stat(
            "Sessions",
            Figures.count(overview.sessions()),
            Figures.change(overview.sessions(), overview.previousSessions()),
            picker.sessions().text()),
        new Stat(
            "Responses",
            Figures.brief(overview.totals().responses()),
            Figures.change(overview.totals().responses(), overview.previous().responses()),
            ""),
        new Stat(
            "Devices used",
            Figures.count(overview.usedDevices()),
            overview.activeDevices() + " of " + overview.devices() + " online",
            ""),
        new Stat(
            "Unpriced",
            cost.unpriced() == 0 ? "none" : Figures.count(cost.unpriced()),
            cost.unpriced() == 0 ? "all priced" : cost.unpriced() == 1 ? "response" : "responses",
            cost.unpriced() == 0 ? "" : picker.about().at("/models").text() + "#unpriced"));
  }
}
