package dev.claudometer.server.web;

import dev.claudometer.report.session.MomentChoice.Only;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.report.session.SessionStory;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a session's page says beside its tables.
///
/// @param here the page's address
/// @param skip how many moments come before those that are shown
public record SessionView(SessionStory story, Figures figures, Address here, int skip) {

  static final int PAGE = 100;

  /// What the time line may be narrowed to.
  public record Filter(String name, String link, boolean chosen) {}

  /// Another page about it.
  public record Part(String name, String link) {}

  private Session session() {
    return story.detail().session();
  }

  public String id() {
    return Escaped.name(session().session().text());
  }

  public String title() {
    return Escaped.name(session().name());
  }

  /// `29 Nov 2026, 07:14 to 18:45`.
  public String time() {
    return figures.days(session().first(), session().last());
  }

  public List<Part> parts() {
    Address about = Picker.kept(here.text()).without("session", "device", "project");
    return Stream.concat(
            session().projects().stream()
                .map(
                    project ->
                        new Part(
                            Escaped.name(project.name()),
                            about.at("/project").with("project", project.key()).text())),
            session().devices().stream()
                .map(
                    device ->
                        new Part(
                            Escaped.name(device.name()),
                            about.at("/device").with("device", device.key()).text())))
        .toList();
  }

  public List<Card> cards() {
    return new SessionTables(story.detail(), figures).cards();
  }

  public List<Filter> filters() {
    String chosen = here.value("only").toLowerCase(Locale.ROOT);
    return Stream.of(Only.values())
        .map(
            only -> {
              String word = only.name().toLowerCase(Locale.ROOT);
              return new Filter(
                  word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                  to(here.without("skip").with("only", word)),
                  word.equals(chosen.isEmpty() ? "all" : chosen));
            })
        .toList();
  }

  /// `1–100 of 5,123`.
  public String place() {
    int shown = story.moments().size();
    return shown == 0
        ? "none"
        : Figures.count(skip + 1L)
            + "–"
            + Figures.count(skip + (long) shown)
            + " of "
            + Figures.count(story.count());
  }

  /// Empty where this is the first page.
  public String previous() {
    return skip == 0 ? "" : to(here.with("skip", String.valueOf(Math.max(0, skip - PAGE))));
  }

  public String next() {
    int next = skip + story.moments().size();
    return next >= story.count() ? "" : to(here.with("skip", String.valueOf(next)));
  }

  private static String to(Address there) {
    return there.text() + "#timeline";
  }
}
