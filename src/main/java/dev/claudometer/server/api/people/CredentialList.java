package dev.claudometer.server.api.people;

import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import org.jspecify.annotations.Nullable;

/// Secrets in force, by the little that may be shown of them.
final class CredentialList {

  private final Registry registry;

  CredentialList(Registry registry) {
    this.registry = registry;
  }

  /// Enough of a digest to tell secrets apart, too little to be of use.
  static String id(Credential credential) {
    return id(credential.digest());
  }

  static String id(String digest) {
    return digest.substring(0, 12);
  }

  /// Ends one.
  ///
  /// @param holder whose it has to be, null where anybody's will do
  /// @param what it is, for people
  void end(Call call, Kind kind, @Nullable String holder, String id, String action, String what) {
    Credential found =
        registry.credentials().list(kind, holder).stream()
            .filter(each -> id(each).equals(id))
            .findFirst()
            .orElseThrow(() -> Problem.notFound(what + " with this id"));
    registry.change(
        call.deed(action, found.label(), ""),
        () -> {
          registry.credentials().remove(kind, found.digest());
          return found;
        });
  }
}
