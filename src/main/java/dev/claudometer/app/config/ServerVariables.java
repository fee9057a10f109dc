package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.secret;
import static dev.claudometer.app.config.Variable.variable;

import java.util.List;

/// How a server is set up.
public final class ServerVariables {

  private static final String SERVE = "serve";

  public static final Variable PORT =
      variable("PORT", "3000", "Port to listen on (`--port`).", SERVE);

  public static final Variable DATABASE_URL =
      secret(
          "DATABASE_URL",
          "`$XDG_STATE_HOME/claudometer/server.db`",
          "The server's database (`--database`): `file:PATH`, `jdbc:sqlite:PATH` or"
              + " `postgresql://USER:PASSWORD@HOST/NAME`.",
          SERVE,
          "org",
          "export org",
          "backup",
          "restore",
          "import");

  public static final Variable PUBLIC_URL =
      variable(
          "CLAUDOMETER_PUBLIC_URL",
          "none",
          "What people type to reach the server (`--public-url`).",
          SERVE);

  public static final Variable TRUSTED_PROXIES =
      variable(
          "CLAUDOMETER_TRUSTED_PROXIES",
          "none",
          "Proxies whose `X-Forwarded-For` is believed (`--trusted-proxies`): `10.0.0.0/8,::1`.",
          SERVE);

  public static final Variable METRICS_TOKEN =
      secret(
          "CLAUDOMETER_METRICS_TOKEN",
          "none",
          "What a Prometheus elsewhere sends to read `/metrics`, and nothing else; at least 20"
              + " characters.",
          SERVE);

  public static final Variable REDIS_ENABLED =
      variable(
          "REDIS_ENABLED", "`false`", "`true` to share rate limits and answers in Redis.", SERVE);

  public static final Variable REDIS_URL =
      secret("REDIS_URL", "none", "Where Redis is: `redis://USER:PASSWORD@HOST:6379/0`.", SERVE);

  public static final Variable REDIS_KEY_PREFIX =
      variable(
          "REDIS_KEY_PREFIX", "`claudometer`", "What all our keys in Redis begin with.", SERVE);

  public static final Variable REDIS_TTL_HOURS =
      variable("REDIS_TTL_HOURS", "24", "Hours that answers are kept in Redis.", SERVE);

  public static final Variable OTLP_HTTP_PORT =
      variable(
          "CLAUDOMETER_OTLP_HTTP_PORT",
          "4318",
          "Where Claude Code's telemetry is received over HTTP (`--otlp-http-port`), or `none`.",
          SERVE,
          "agent");

  public static final Variable OTLP_GRPC_PORT =
      variable(
          "CLAUDOMETER_OTLP_GRPC_PORT",
          "4317",
          "Where Claude Code's telemetry is received over gRPC (`--otlp-grpc-port`), or `none`.",
          SERVE,
          "agent");

  public static final Variable FORWARD_TELEMETRY =
      variable(
          "CLAUDOMETER_FORWARD_TELEMETRY",
          "nowhere",
          "An OTLP receiver to which Claude Code's telemetry is sent on, unchanged"
              + " (`--forward-telemetry`).",
          SERVE,
          "agent");

  public static final Variable TELEMETRY_GATEWAY =
      variable(
          "CLAUDOMETER_TELEMETRY_GATEWAY",
          "none",
          "Machines that may say whose telemetry they send on, `name,…` (`--telemetry-gateway`).",
          SERVE);

  static final List<Variable> ALL =
      List.of(
          PORT,
          DATABASE_URL,
          PUBLIC_URL,
          TRUSTED_PROXIES,
          METRICS_TOKEN,
          REDIS_ENABLED,
          REDIS_URL,
          REDIS_KEY_PREFIX,
          REDIS_TTL_HOURS,
          OTLP_HTTP_PORT,
          OTLP_GRPC_PORT,
          FORWARD_TELEMETRY,
          TELEMETRY_GATEWAY);

  private ServerVariables() {}
}
