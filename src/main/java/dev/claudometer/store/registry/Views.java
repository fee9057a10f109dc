package dev.claudometer.store.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Views of pages under a name. What others see is changed within [Registry#change].
public interface Views {

  /// Adds a view with an id of its own.
  ///
  /// @param view its id is not looked at
  SavedView add(SavedView view);

  @Nullable SavedView find(String id);

  /// By name.
  List<SavedView> list();

  /// A person's own and everybody's, by name.
  List<SavedView> seenBy(String person);

  /// Writes all but the id and when it was made.
  void update(SavedView view);

  void remove(String id);
}
