package dev.claudometer.app;

import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Parts;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.collect.Asked;
import dev.claudometer.collect.PollLog;
import dev.claudometer.fetch.BaseUrl;
import dev.claudometer.fetch.Service;
import dev.claudometer.source.planlimits.CachedUsage;
import dev.claudometer.source.planlimits.CookieJar;
import dev.claudometer.source.planlimits.CookieUsage;
import dev.claudometer.source.planlimits.OAuthToken;
import dev.claudometer.source.planlimits.OAuthUsage;
import dev.claudometer.source.quota.Copilot;
import dev.claudometer.source.quota.OpenRouter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sources of quotas that are configured, with their connections.
public final class LimitSources implements AutoCloseable {

  /// What services that are not made for it bear.
  private static final Duration SELDOM = Duration.ofMinutes(5);

  private static final Duration TIME = Duration.ofSeconds(30);

  private final Values values;
  private final List<Asked> asked = new ArrayList<>();
  private final Parts parts = new Parts(PollLog.log("limits")::failed);

  private LimitSources(Values values) {
    this.values = values;
  }

  /// Those of a machine; what is wrong is a problem of the values.
  ///
  /// @param cache whether what Claude Code remembers is looked at
  public static LimitSources of(
      Surroundings surroundings,
      ClaudeFiles files,
      boolean cache,
      Set<LimitWay> ways,
      Values values) {
    var sources = new LimitSources(values);
    if (cache) {
      var cached = new CachedUsage(files.state());
      sources.asked.add(new Asked("planlimits/cache", Duration.ZERO, false, cached::ask));
    }
    if (ways.contains(LimitWay.OAUTH)) {
      sources.oauth(surroundings.variable("CLAUDE_CODE_OAUTH_TOKEN"), files.credentials());
    }
    if (ways.contains(LimitWay.CLAUDE_AI) || ways.contains(LimitWay.COPILOT)) {
      sources.byCookies(ways);
    }
    if (ways.contains(LimitWay.OPENROUTER)) {
      sources.openRouter();
    }
    return sources;
  }

  private void oauth(String token, Path file) {
    Service service = service("CLAUDOMETER_LIMITS_URL", "https://api.anthropic.com");
    var usage = new OAuthUsage(service, new OAuthToken(token, file));
    asked.add(new Asked("planlimits/oauth", SELDOM, true, usage::ask));
  }

  private void byCookies(Set<LimitWay> ways) {
    CookieJar jar = jar();
    if (jar == null) {
      return;
    }
    if (ways.contains(LimitWay.CLAUDE_AI)) {
      claudeAi(jar);
    }
    if (ways.contains(LimitWay.COPILOT)) {
      var copilot =
          new Copilot(jar::header, service("CLAUDOMETER_GITHUB_URL", "https://github.com"));
      asked.add(new Asked("quota/copilot", SELDOM, false, copilot::ask));
    }
  }

  private @Nullable CookieJar jar() {
    String url = required("COOKIEJAR_URL");
    if (url == null) {
      return null;
    }
    try {
      CookieJar jar = CookieJar.at(url);
      parts.keep(jar);
      return jar;
    } catch (IllegalArgumentException wrong) {
      values.problem("COOKIEJAR_URL: " + wrong.getMessage());
      return null;
    }
  }

  private void claudeAi(CookieJar jar) {
    String organization = required("CLAUDE_ORGANIZATION_ID");
    if (organization == null) {
      return;
    }
    try {
      Service service = service("CLAUDOMETER_CLAUDE_AI_URL", "https://claude.ai");
      var usage = new CookieUsage(jar, service, organization);
      asked.add(new Asked("planlimits/claude.ai", SELDOM, true, usage::ask));
    } catch (IllegalArgumentException wrong) {
      values.problem("CLAUDE_ORGANIZATION_ID: " + wrong.getMessage());
    }
  }

  private void openRouter() {
    String key = required("OPENROUTER_API_KEY");
    if (key == null) {
      return;
    }
    try {
      var openRouter =
          new OpenRouter(service("CLAUDOMETER_OPENROUTER_URL", "https://openrouter.ai"), key);
      asked.add(new Asked("quota/openrouter", SELDOM, false, openRouter::ask));
    } catch (IllegalArgumentException wrong) {
      values.problem("OPENROUTER_API_KEY: " + wrong.getMessage());
    }
  }

  private @Nullable String required(String variable) {
    String value = values.of(null, variable);
    if (value == null) {
      values.problem(variable + " is missing");
    }
    return value;
  }

  private Service service(String variable, String usual) {
    var service = new Service(url(variable, usual), TIME);
    parts.keep(service);
    return service;
  }

  private BaseUrl url(String variable, String usual) {
    String text = values.of(null, variable);
    try {
      return BaseUrl.of(text == null ? usual : text);
    } catch (IllegalArgumentException wrong) {
      values.problem(variable + ": " + wrong.getMessage());
      return BaseUrl.of(usual);
    }
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public List<String> names() {
    return asked.stream().map(Asked::name).toList();
  }

  @Override
  public void close() {
    parts.close();
  }
}
