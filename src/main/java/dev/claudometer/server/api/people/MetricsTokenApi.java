package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one token that reads metrics and nothing else.
public final class MetricsTokenApi {

  /// Prometheus has so long to take up a new one.
  private static final Duration OVERLAP = Duration.ofHours(24);

  private final Registry registry;
  private final Secrets secrets = new Secrets();

  public MetricsTokenApi(Registry registry) {
    this.registry = registry;
  }

  public record MetricsToken(
      String prefix, Instant createdAt, @Nullable Instant lastUsed, @Nullable Instant expiresAt) {}

  /// Those in force: the newest first, and one that was replaced for another day.
  public record MetricsTokens(List<MetricsToken> tokens) {}

  /// A new one.
  ///
  /// @param token shown this once
  public record NewMetricsToken(String token) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/metrics-token",
            Access.ADMIN,
            "The metrics token, without its secret",
            this::tokens),
        Route.post(
            "/api/v1/metrics-token",
            Access.ADMIN,
            "A new metrics token, shown once; the old one works another day",
            call -> Reply.of(201, rotate(call))),
        Route.delete(
            "/api/v1/metrics-token", Access.ADMIN, "Revoke the metrics token", this::revoke));
  }

  public MetricsTokens tokens(Call call) {
    return new MetricsTokens(
        registry.credentials().list(Kind.METRICS_TOKEN, null).stream()
            .filter(token -> token.expiresAt() == null || token.expiresAt().isAfter(call.now()))
            .map(
                token ->
                    new MetricsToken(
                        token.prefix(), token.createdAt(), token.lastUsed(), token.expiresAt()))
            .toList());
  }

  public NewMetricsToken rotate(Call call) {
    Secret secret = secrets.next("cm_");
    registry.change(
        call.deed("metrics-token.rotate", secret.prefix(), ""),
        () -> {
          registry.credentials().expire(Kind.METRICS_TOKEN, "", call.now().plus(OVERLAP));
          registry
              .credentials()
              .add(
                  new Credential(
                      secret.digest(),
                      Kind.METRICS_TOKEN,
                      "",
                      "",
                      "",
                      secret.prefix(),
                      call.address(),
                      call.now(),
                      null,
                      null));
          return secret.prefix();
        });
    return new NewMetricsToken(secret.text());
  }

  public @Nullable Object revoke(Call call) {
    registry.change(
        call.deed("metrics-token.revoke", "", ""),
        () -> {
          registry.credentials().expire(Kind.METRICS_TOKEN, "", call.now());
          return true;
        });
    return null;
  }
}
