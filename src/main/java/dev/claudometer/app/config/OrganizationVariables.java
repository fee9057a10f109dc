package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.secret;
import static dev.claudometer.app.config.Variable.variable;

import java.util.List;

/// How an organisation's bills are asked for.
public final class OrganizationVariables {

  private static final String[] READERS = {"serve", "org", "reconcile", "export org"};
  private static final String[] LOGGING = {
    "serve", "org", "reconcile", "export org", "export limits"
  };

  public static final Variable ADMIN_KEY =
      secret(
          "CLAUDOMETER_ADMIN_KEY",
          "none: nothing is asked",
          "The organisation's admin key, `sk-ant-admin…`; any other text is sent to nobody.",
          READERS);

  public static final Variable APIKEY =
      secret(
              "APIKEY",
              "none",
              "The same, by claude-prometheus-exporter's name; `CLAUDOMETER_ADMIN_KEY` wins.",
              READERS)
          .at("apikey");

  public static final Variable ADMIN_URL =
      variable(
          "CLAUDOMETER_ADMIN_URL",
          "`https://api.anthropic.com`",
          "Another place to ask; without TLS only on this machine.",
          READERS);

  public static final Variable LOOP_INTERVAL =
      variable(
              "LOOP_INTERVAL",
              "60",
              "Seconds between rounds; less than 60 is taken as 60.",
              READERS)
          .at("loop.interval");

  public static final Variable LOGGING_LEVEL =
      variable("LOGGING_LEVEL", "`INFO`", "`DEBUG`, `INFO`, `WARNING` or `ERROR`.", LOGGING)
          .at("logging.level");

  public static final Variable LOGLEVEL =
      variable(
              "LOGLEVEL",
              "`INFO`",
              "The same, by the name that claude-prometheus-exporter's code reads;"
                  + " `LOGGING_LEVEL` wins.",
              LOGGING)
          .at("loglevel");

  static final List<Variable> ALL =
      List.of(ADMIN_KEY, APIKEY, ADMIN_URL, LOOP_INTERVAL, LOGGING_LEVEL, LOGLEVEL);

  private OrganizationVariables() {}
}
