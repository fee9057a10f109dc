package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What scripts come in with.
public final class TokensApi {

  private final Registry registry;
  private final CredentialList secreted;
  private final Secrets secrets = new Secrets();

  public TokensApi(Registry registry) {
    this.registry = registry;
    secreted = new CredentialList(registry);
  }

  public record NewToken(@Nullable String name, @Nullable Role role, @Nullable Integer days) {}

  /// A new API token.
  ///
  /// @param token shown this once
  public record IssuedToken(String id, String name, String token) {}

  public record Token(
      String id,
      String name,
      String role,
      String prefix,
      Instant createdAt,
      @Nullable Instant lastUsed,
      @Nullable Instant expiresAt) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/tokens",
            Access.ADMIN,
            "API tokens, without their secrets",
            _ -> Map.of("tokens", tokens())),
        Route.post(
            "/api/v1/tokens",
            Access.ADMIN,
            "Issue an API token; it is shown once",
            this::issueToken),
        Route.delete(
            "/api/v1/tokens/{id}", Access.ADMIN, "Revoke an API token", this::revokeToken));
  }

  /// API tokens, without their secrets.
  public List<Token> tokens() {
    return registry.credentials().list(Kind.API_TOKEN, null).stream()
        .map(
            token ->
                new Token(
                    CredentialList.id(token),
                    token.label(),
                    token.role(),
                    token.prefix(),
                    token.createdAt(),
                    token.lastUsed(),
                    token.expiresAt()))
        .toList();
  }

  private Object issueToken(Call call) throws IOException {
    return Reply.of(201, issue(call));
  }

  /// Issues an API token.
  public IssuedToken issue(Call call) throws IOException {
    NewToken request = call.body(NewToken.class);
    Principal.User self = OwnPassword.self(call);
    String name = NewNames.name(request.name());
    Role role = request.role() == null ? Role.VIEWER : request.role();
    Integer days = request.days();
    Instant expiresAt =
        days == null ? null : call.now().plus(Duration.ofDays(Math.clamp(days, 1, 3650)));
    Secret secret = secrets.next("ct_");
    var token =
        new Credential(
            secret.digest(),
            Kind.API_TOKEN,
            self.id(),
            name,
            role.name(),
            secret.prefix(),
            call.address(),
            call.now(),
            null,
            expiresAt);
    registry.change(
        call.deed("token.issue", name, role.name()),
        () -> {
          registry.credentials().add(token);
          return token;
        });
    return new IssuedToken(CredentialList.id(token), name, secret.text());
  }

  private @Nullable Object revokeToken(Call call) {
    revokeToken(call, call.path("id"));
    return null;
  }

  /// Revokes an API token.
  public void revokeToken(Call call, String id) {
    secreted.end(call, Kind.API_TOKEN, null, id, "token.revoke", "token");
  }
}
