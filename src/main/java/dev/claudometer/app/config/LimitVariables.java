package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.secret;
import static dev.claudometer.app.config.Variable.variable;

import java.util.List;

/// How plan limits and other quotas are asked for.
public final class LimitVariables {

  private static final String[] READERS = {"serve", "limits", "export limits"};

  public static final Variable LIMITS =
      variable(
          "CLAUDOMETER_LIMITS",
          "none; `export limits`: those that have all they need",
          "Ways to ask over the network (`--ask`): `get_usage`, `oauth`, `claude.ai`, `openrouter`, `copilot`;"
              + " commas between.",
          READERS);

  public static final Variable CLAUDE =
      variable(
          "CLAUDOMETER_CLAUDE",
          "`claude` on the `PATH`",
          "The program of Claude Code that `get_usage` asks.",
          READERS);

  public static final Variable OAUTH_TOKEN =
      secret(
          "CLAUDE_CODE_OAUTH_TOKEN",
          "Claude Code's login",
          "The token that `oauth` asks with; read, never refreshed.",
          READERS);

  public static final Variable OAUTH_URL =
      variable(
          "CLAUDOMETER_LIMITS_URL", "`https://api.anthropic.com`", "Where `oauth` asks.", READERS);

  public static final Variable COOKIEJAR_URL =
      variable(
          "COOKIEJAR_URL",
          "none",
          "The cookie service (gRPC, `cookiejar.v1.CookieService`) of `claude.ai` and `copilot`.",
          READERS);

  public static final Variable ORGANIZATION_ID =
      variable("CLAUDE_ORGANIZATION_ID", "none", "Whose windows `claude.ai` asks for.", READERS);

  public static final Variable CLAUDE_AI_URL =
      variable(
          "CLAUDOMETER_CLAUDE_AI_URL", "`https://claude.ai`", "Where `claude.ai` asks.", READERS);

  public static final Variable GITHUB_URL =
      variable("CLAUDOMETER_GITHUB_URL", "`https://github.com`", "Where `copilot` asks.", READERS);

  public static final Variable OPENROUTER_KEY =
      secret("OPENROUTER_API_KEY", "none", "The key that `openrouter` asks with.", READERS);

  public static final Variable OPENROUTER_URL =
      variable(
          "CLAUDOMETER_OPENROUTER_URL",
          "`https://openrouter.ai`",
          "Where `openrouter` asks.",
          READERS);

  static final List<Variable> ALL =
      List.of(
          LIMITS,
          CLAUDE,
          OAUTH_TOKEN,
          OAUTH_URL,
          COOKIEJAR_URL,
          ORGANIZATION_ID,
          CLAUDE_AI_URL,
          GITHUB_URL,
          OPENROUTER_KEY,
          OPENROUTER_URL);

  private LimitVariables() {}
}
