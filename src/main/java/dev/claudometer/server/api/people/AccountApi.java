package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The own account: its password and its sessions.
public final class AccountApi {

  private final Registry registry;
  private final Passwords passwords;
  private final OwnPassword own;
  private final CredentialList secreted;

  public AccountApi(Registry registry, Passwords passwords, OwnPassword own) {
    this.registry = registry;
    this.passwords = passwords;
    this.own = own;
    secreted = new CredentialList(registry);
  }

  public record PasswordChange(@Nullable String current, @Nullable String password) {}

  public record Session(
      String id,
      String browser,
      String address,
      Instant createdAt,
      @Nullable Instant lastUsed,
      @Nullable Instant expiresAt) {}

  public List<Route> routes() {
    return List.of(
        Route.put(
            "/api/v1/me/password",
            Access.VIEWER,
            "Change the own password; other sessions end",
            this::password),
        Route.get(
            "/api/v1/me/sessions",
            Access.VIEWER,
            "The own sessions",
            call -> Map.of("sessions", sessions(call))),
        Route.delete(
            "/api/v1/me/sessions/{id}",
            Access.VIEWER,
            "End one of the own sessions",
            this::endSession));
  }

  private @Nullable Object password(Call call) throws IOException {
    changePassword(call);
    return null;
  }

  /// Changes the caller's password; other sessions end.
  public void changePassword(Call call) throws IOException {
    PasswordChange request = call.body(PasswordChange.class);
    Principal.User self = own.check(call, request.current());
    String hash = NewNames.hash(passwords, request.password(), self.name());
    String session = call.session();
    registry.change(
        call.deed("password.change", self.name(), ""),
        () -> {
          registry.accounts().password(self.id(), hash);
          String kept = session == null ? "" : Secrets.digest(session);
          registry.credentials().list(Kind.SESSION, self.id()).stream()
              .filter(other -> !other.digest().equals(kept))
              .forEach(other -> registry.credentials().remove(Kind.SESSION, other.digest()));
          return self;
        });
  }

  /// The caller's sessions.
  public List<Session> sessions(Call call) {
    return registry.credentials().list(Kind.SESSION, OwnPassword.self(call).id()).stream()
        .map(
            session ->
                new Session(
                    CredentialList.id(session),
                    session.label(),
                    session.address(),
                    session.createdAt(),
                    session.lastUsed(),
                    session.expiresAt()))
        .toList();
  }

  /// The id of the session that the caller is in; null where it is a token's call.
  public @Nullable String current(Call call) {
    String secret = call.session();
    return secret == null ? null : CredentialList.id(Secrets.digest(secret));
  }

  private @Nullable Object endSession(Call call) {
    endSession(call, call.path("id"));
    return null;
  }

  /// Ends one of the caller's sessions.
  public void endSession(Call call, String id) {
    secreted.end(call, Kind.SESSION, OwnPassword.self(call).id(), id, "session.end", "session");
  }
}
