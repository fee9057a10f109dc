package dev.claudometer.server.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.store.registry.DayNote;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.SavedView;
import java.net.URLEncoder;
import java.util.List;

/// What a person keeps here, and what others keep that names the person.
final class KeptThings {

  private final Registry registry;

  KeptThings(Registry registry) {
    this.registry = registry;
  }

  /// Takes a person out of it: what only that person sees is deleted, and so is each view that
  /// names the person; what is everybody's stays, as nobody's.
  void forget(String person) {
    for (SavedView view : registry.views().list()) {
      boolean own = view.owner().equals(person);
      if (names(view, person) || (own && !view.shared())) {
        registry.views().remove(view.id());
      } else if (own) {
        registry.views().update(nobodys(view));
      }
    }
    for (DayNote note : registry.notes().of(person)) {
      if (note.shared()) {
        registry.notes().update(nobodys(note));
      } else {
        registry.notes().remove(note.id());
      }
    }
  }

  /// Addresses are kept as they are encoded here.
  private static boolean names(SavedView view, String person) {
    String query = view.address().substring(view.address().indexOf('?') + 1);
    return List.of(query.split("&")).contains("person=" + URLEncoder.encode(person, UTF_8));
  }

  private static SavedView nobodys(SavedView view) {
    return new SavedView(
        view.id(), view.name(), view.address(), view.period(), "", view.shared(), view.createdAt());
  }

  private static DayNote nobodys(DayNote note) {
    return new DayNote(note.id(), note.day(), note.text(), "", note.shared(), note.createdAt());
  }
}
