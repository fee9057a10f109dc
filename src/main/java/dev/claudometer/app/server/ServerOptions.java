package dev.claudometer.app.server;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.otlp.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a server is started with, by concern.
///
/// @param database URL, null for the file of Claudometer's own
/// @param name what people call this machine, null for what it was called last
/// @param transcripts of this machine, null where they are not counted
/// @param redis null where there is none
/// @param organization how its bills are asked for, if it has a key
/// @param limits sources of this machine's quotas
/// @param push what is pushed besides
/// @param telemetry where it is received
/// @param onward where it is sent on to, null for nowhere
/// @param gateways machines that may say whose telemetry they send on, by name or id
public record ServerOptions(
    Listening listening,
    Access access,
    @Nullable String database,
    @Nullable String name,
    @Nullable Transcripts transcripts,
    @Nullable Shared redis,
    OrganizationSettings organization,
    LimitSources limits,
    PushSettings push,
    Ports telemetry,
    @Nullable URI onward,
    Set<String> gateways) {

  /// Who may reach it, and how.
  ///
  /// @param scraper digest of what opens the metrics to a scraper elsewhere
  /// @param publicHost the name that people use
  /// @param loopback whether only this machine can reach it
  /// @param openRegistration whether peers' daemons may register without a code
  public record Access(
      @Nullable String scraper,
      TrustedProxies proxies,
      @Nullable String publicHost,
      boolean loopback,
      boolean openRegistration) {

    private static final int SHORTEST_TOKEN = 20;

    /// The digest of the token that the environment has for a scraper.
    public static @Nullable String scraper(Values values) {
      Given token = values.given(ServerVariables.METRICS_TOKEN);
      if (token == null) {
        return null;
      }
      if (token.value().length() < SHORTEST_TOKEN) {
        values.wrong(
            token,
            "has to have at least "
                + SHORTEST_TOKEN
                + " characters: `openssl rand -hex 32` makes a good one");
      }
      return Secrets.digest(token.value());
    }
  }

  /// Where this machine's transcripts are.
  ///
  /// @param homes none for the usual places
  public record Transcripts(List<Path> homes) {}

  /// What several servers share in Redis.
  ///
  /// @param prefix of all keys there
  /// @param time how long answers are kept there
  public record Shared(String url, String prefix, Duration time) {

    /// What the environment says; null where it wants no Redis.
    public static @Nullable Shared of(Values values) {
      String prefix = values.text(ServerVariables.REDIS_KEY_PREFIX);
      Given hours = values.given(ServerVariables.REDIS_TTL_HOURS);
      var time = Duration.ofHours(values.number(hours, 24, 10_000));
      if (!values.flag(ServerVariables.REDIS_ENABLED)) {
        return null;
      }
      Given url = values.given(ServerVariables.REDIS_URL);
      if (url == null) {
        values.problem(ServerVariables.REDIS_URL.name() + " is missing");
      } else if (!url.value().matches("rediss?://[^\\s]+")) {
        values.wrong(url, "has to be a URL such as redis://localhost:6379");
      }
      return new Shared(
          url == null ? "" : url.value(), prefix == null ? "claudometer" : prefix, time);
    }
  }
}
