package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.EVERY;
import static dev.claudometer.app.config.Variable.plain;

import java.util.List;

/// Where things are.
public final class PlaceVariables {

  public static final Variable CLAUDE_CONFIG_DIR =
      plain(
          "CLAUDE_CONFIG_DIR",
          "`~/.claude` and `$XDG_CONFIG_HOME/claude`",
          "Claude homes to read; commas separate several, `~` is understood. `--home` wins.",
          EVERY);

  public static final Variable CLAUDE_HOME =
      plain(
          "CLAUDE_HOME",
          "`CLAUDE_CONFIG_DIR`",
          "One Claude home, by cc-exporter's name for it.",
          "export local");

  public static final Variable XDG_STATE_HOME =
      plain(
          "XDG_STATE_HOME",
          "`~/.local/state`",
          "In its `claudometer` are the stores and updated prices.",
          EVERY);

  public static final Variable XDG_CONFIG_HOME =
      plain(
          "XDG_CONFIG_HOME",
          "`~/.config`",
          "In its `claudometer` is how the agent is set up; its `claude` may be a Claude home.",
          EVERY);

  public static final Variable XDG_CACHE_HOME =
      plain(
          "XDG_CACHE_HOME",
          "`~/.cache`",
          "In its `claudometer` are files for a fast start.",
          "the launcher",
          "agent install-service");

  public static final Variable CLAUDOMETER_MANAGED_SETTINGS =
      plain(
          "CLAUDOMETER_MANAGED_SETTINGS",
          "where Claude Code looks: `/etc/claude-code`, on macOS"
              + " `/Library/Application Support/ClaudeCode`, on Windows"
              + " `C:\\Program Files\\ClaudeCode`",
          "The directory with `managed-settings.json`; its `modelPricing` is the contract.",
          EVERY);

  public static final Variable HOME =
      plain("HOME", "what the system says", "The user's home, `~`.", EVERY, "the launcher");

  public static final Variable APPDATA =
      plain(
          "APPDATA",
          "none",
          "On Windows: in its `Claude` are the sessions of Claude Desktop; in its `claudometer` is"
              + " how the agent is set up, where `XDG_CONFIG_HOME` is not set.",
          EVERY);

  public static final Variable LOCALAPPDATA =
      plain(
          "LOCALAPPDATA",
          "none",
          "On Windows: the same of a Claude Desktop from the store; in its `claudometer` are the"
              + " stores, where `XDG_STATE_HOME` is not set.",
          EVERY);

  public static final Variable JAVA_HOME =
      plain(
          "JAVA_HOME",
          "a JDK on the `PATH` or in the usual places",
          "The JDK that is tried first.",
          "the launcher",
          "agent install-service");

  public static final Variable PATH =
      plain(
          "PATH",
          "what the system says",
          "Where a JDK is looked for.",
          "the launcher",
          "agent install-service");

  public static final Variable HOSTNAME =
      plain(
          "HOSTNAME",
          "what the system says",
          "What this machine is called.",
          "serve",
          "agent setup");

  public static final Variable TZ =
      plain("TZ", "the system's zone", "The zone that days are cut in. `--timezone` wins.", EVERY);

  public static final Variable CLAUDOMETER_RELEASES =
      plain(
          "CLAUDOMETER_RELEASES",
          "GitHub's API",
          "The URL that tells the newest version, as `{\"tag_name\": \"v0.1.0\"}`: a mirror.",
          "self-check --online");

  static final List<Variable> ALL =
      List.of(
          CLAUDE_CONFIG_DIR,
          CLAUDE_HOME,
          XDG_STATE_HOME,
          XDG_CONFIG_HOME,
          XDG_CACHE_HOME,
          CLAUDOMETER_MANAGED_SETTINGS,
          HOME,
          APPDATA,
          LOCALAPPDATA,
          JAVA_HOME,
          PATH,
          HOSTNAME,
          TZ,
          CLAUDOMETER_RELEASES);

  private PlaceVariables() {}
}
