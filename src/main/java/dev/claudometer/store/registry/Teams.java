package dev.claudometer.store.registry;

import java.util.Map;

/// Which team each person is in. A machine is in its owner's team. Changes happen within
/// [Registry#change].
public interface Teams {

  /// Teams by person: by the name that accounts and owners of machines have.
  Map<String, String> byPerson();

  /// Puts a person into a team; into none where it is empty.
  void put(String person, String team);
}
