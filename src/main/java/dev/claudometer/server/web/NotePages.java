package dev.claudometer.server.web;

import dev.claudometer.report.Question;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.kept.NotesApi.Note;
import dev.claudometer.server.api.kept.ViewsApi;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.NotedDays;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Notes on days: written, read, changed, deleted.
public final class NotePages {

  private final Sheets sheets;
  private final Api api;

  NotePages(Sheets sheets, Api api) {
    this.sheets = sheets;
    this.api = api;
  }

  /// A note as its list has it.
  public record Shown(Note note, String day, String text) {}

  private interface Work {
    String done() throws IOException;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/notes", Access.VIEWER, "Notes on days", call -> page(call, 200, "", "")),
        Route.form("/notes", Access.VIEWER, "Write a note", this::write),
        Route.form("/notes/{id}", Access.VIEWER, "Change a note", this::change),
        Route.form("/notes/{id}/delete", Access.VIEWER, "Delete a note", this::delete));
  }

  /// What charts of a page show: notes of its days.
  static NotedDays noted(Api api, Call call, Picker picker) {
    return new NotedDays(
        api.notes().notes(call, first(picker), picker.to()).stream()
            .map(note -> new NotedDays.Note(LocalDate.parse(note.day()), note.text()))
            .toList());
  }

  private static LocalDate first(Picker picker) {
    return picker.from() == null ? LocalDate.EPOCH : picker.from();
  }

  private Reply write(Call call) throws IOException {
    return told(call, () -> "The note on " + day(api.notes().write(call).day()) + " is kept.");
  }

  private Reply change(Call call) throws IOException {
    return told(call, () -> "The note on " + day(api.notes().change(call).day()) + " is changed.");
  }

  private Reply delete(Call call) throws IOException {
    return told(
        call,
        () -> {
          api.notes().delete(call);
          return "The note is deleted.";
        });
  }

  private Reply told(Call call, Work work) throws IOException {
    try {
      return page(call, 200, "", work.done());
    } catch (Problem refused) {
      return page(call, refused.status(), refused.message(), "");
    }
  }

  private static String day(String day) {
    LocalDate date = LocalDate.parse(day);
    return Figures.days(date, date);
  }

  private Reply page(Call call, int status, String error, String done) throws IOException {
    Question asked = api.usage().question(call);
    Picker picker = Picker.of(call, asked.range(), asked.zone(), api.settings().beginnings());
    List<Shown> notes =
        api.notes().notes(call, first(picker), picker.to()).stream()
            .map(note -> new Shown(note, day(note.day()), Escaped.name(note.text())))
            .toList()
            .reversed();
    return sheets.page(
        call,
        status,
        "Notes on days",
        "/notes",
        "notes",
        Map.of(
            "error", error,
            "done", done,
            "picker", picker,
            "notes", notes,
            "day", proposed(call, picker),
            "typed", error.isEmpty() ? "" : call.field("text"),
            "publishes", ViewsApi.publishes(call)));
  }

  /// The day that was typed, else the last one of the period.
  private static String proposed(Call call, Picker picker) throws IOException {
    try {
      return LocalDate.parse(call.field("day")).toString();
    } catch (DateTimeException none) {
      LocalDate latest = picker.latest();
      return (picker.to().isBefore(latest) ? picker.to() : latest).toString();
    }
  }
}
