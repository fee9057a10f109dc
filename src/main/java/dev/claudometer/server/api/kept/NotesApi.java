package dev.claudometer.server.api.kept;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.DayNote;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people write beside days, for themselves or for everybody. No figure depends on it.
public final class NotesApi {

  private static final int MOST = 1_000;
  private static final LocalDate FIRST = LocalDate.parse("2000-01-01");
  private static final LocalDate LAST = LocalDate.parse("2199-12-31");

  private final Registry registry;

  public NotesApi(Registry registry) {
    this.registry = registry;
  }

  /// A note.
  ///
  /// @param day such as `2026-11-12`, of whatever zone days are cut in
  /// @param author who wrote it; empty for whoever sees some machines only and did not write it
  /// @param mayChange whether the caller may change or delete it
  public record Note(
      String id,
      String day,
      String text,
      String author,
      boolean everybody,
      boolean own,
      boolean mayChange,
      Instant createdAt) {}

  public record KeptNotes(List<Note> notes) {}

  public record NewNote(@Nullable String day, @Nullable String text, @Nullable Boolean everybody) {}

  /// What stays as it is, is null.
  public record NoteChange(
      @Nullable String day, @Nullable String text, @Nullable Boolean everybody) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/notes",
            Access.VIEWER,
            "Notes on days: the caller's own and everybody's",
            call -> new KeptNotes(notes(call, day("from", call, FIRST), day("to", call, LAST)))),
        Route.post(
            "/api/v1/notes",
            Access.VIEWER,
            "Write a note on a day",
            call -> Reply.of(201, write(call))),
        Route.patch("/api/v1/notes/{id}", Access.VIEWER, "Change a note", this::change),
        Route.delete(
            "/api/v1/notes/{id}",
            Access.VIEWER,
            "Delete a note",
            call -> {
              delete(call);
              return null;
            }));
  }

  /// Those of some days that the caller may see, both days included; by day.
  public List<Note> notes(Call call, LocalDate from, LocalDate to) {
    Keeper keeper = Keeper.of(call);
    return registry.notes().seenBy(keeper.name(), from, to).stream()
        .map(note -> told(call, keeper, note))
        .toList();
  }

  private static LocalDate day(String name, Call call, LocalDate usual) {
    String text = call.query(name);
    return text == null ? usual : day(name, text);
  }

  private static LocalDate day(String name, @Nullable String text) {
    try {
      LocalDate day = LocalDate.parse(text == null ? "" : text);
      if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
        return day;
      }
    } catch (DateTimeException wrong) {
      // said below
    }
    throw Problem.of(422, "'" + name + "' has to be a day such as 2026-11-21");
  }

  private static Note told(Call call, Keeper keeper, DayNote note) {
    boolean own = keeper.isAuthor(note.author());
    return new Note(
        note.id(),
        note.day().toString(),
        note.text(),
        own || call.scope().devices() == null ? note.author() : "",
        note.shared(),
        own,
        keeper.mayChange(note.author(), note.shared()),
        note.createdAt());
  }

  /// Writes a note.
  public Note write(Call call) throws IOException {
    Keeper keeper = Keeper.of(call).known();
    NewNote request = call.body(NewNote.class);
    boolean shared = keeper.shares(request.everybody(), false);
    if (registry.notes().of(keeper.name()).size() >= MOST) {
      throw Problem.of(409, "there are " + MOST + " notes of yours: delete one first");
    }
    var note =
        new DayNote(
            "",
            day("day", request.day()),
            KeptText.note(request.text()),
            keeper.name(),
            shared,
            call.now());
    DayNote added =
        shared
            ? registry.change(
                call.deed("note.add", note.day().toString(), ""), () -> registry.notes().add(note))
            : registry.notes().add(note);
    return told(call, keeper, added);
  }

  /// Changes a note.
  public Note change(Call call) throws IOException {
    NoteChange request = call.body(NoteChange.class);
    Keeper keeper = Keeper.of(call);
    DayNote known = changeable(call, keeper);
    boolean shared = keeper.shares(request.everybody(), known.shared());
    var changed =
        new DayNote(
            known.id(),
            request.day() == null ? known.day() : day("day", request.day()),
            request.text() == null ? known.text() : KeptText.note(request.text()),
            known.author().isEmpty() && !shared ? keeper.name() : known.author(),
            shared,
            known.createdAt());
    affecting(
        call,
        "note.change",
        known.shared() || shared,
        known,
        () -> registry.notes().update(changed));
    return told(call, keeper, changed);
  }

  /// Deletes a note.
  public void delete(Call call) {
    DayNote known = changeable(call, Keeper.of(call));
    affecting(
        call, "note.delete", known.shared(), known, () -> registry.notes().remove(known.id()));
  }

  /// What others are affected by stands in the audit log: the day, and never the text, which could
  /// not be taken out again.
  private void affecting(Call call, String action, boolean others, DayNote note, Runnable work) {
    if (!others) {
      work.run();
      return;
    }
    registry.change(
        call.deed(action, note.day().toString(), note.id()),
        () -> {
          work.run();
          return note;
        });
  }

  private DayNote changeable(Call call, Keeper keeper) {
    DayNote note = registry.notes().find(call.path("id"));
    if (note == null || !(note.shared() || keeper.isAuthor(note.author()))) {
      throw Problem.notFound("note with this id");
    }
    if (!keeper.mayChange(note.author(), note.shared())) {
      throw Problem.of(403, "this note is changed by its author and by administrators");
    }
    return note;
  }
}
