package dev.claudometer.app;

import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.config.Variable;
import dev.claudometer.app.process.Started;
import dev.claudometer.collect.PollLog;
import dev.claudometer.collect.QuotaSource;
import dev.claudometer.fetch.BaseUrl;
import dev.claudometer.fetch.Service;
import dev.claudometer.source.planlimits.CachedUsage;
import dev.claudometer.source.planlimits.ClientUsage;
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

  /// What Claude Code remembers of its own asking.
  private static final String REMEMBERED = "planlimits/cache";

  /// What services that are not made for it bear.
  private static final Duration SELDOM = Duration.ofMinutes(5);

  /// Who asks Claude Code too often has to wait for an hour.
  private static final Duration RARELY = SELDOM.multipliedBy(2);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Duration TIME = Duration.ofSeconds(30);

  private final Values values;
  private final List<QuotaSource> asked = new ArrayList<>();
  private final Started parts = new Started(PollLog.log("limits")::failed);

  private LimitSources(Values values) {
    this.values = values;
  }

  /// Those of a machine; what is wrong is a problem of the values.
  ///
  /// @param cache whether what Claude Code remembers is looked at
  public static LimitSources of(
      ClaudeFiles files, boolean cache, Set<LimitWay> ways, Values values) {
    var sources = new LimitSources(values);
    if (cache) {
      var cached = new CachedUsage(files.state());
      sources.asked.add(
          new QuotaSource(REMEMBERED, Duration.ZERO, Duration.ZERO, false, cached::ask));
    }
    if (ways.contains(LimitWay.GET_USAGE)) {
      sources.client(files);
    }
    if (ways.contains(LimitWay.OAUTH)) {
      sources.oauth(files.credentials());
    }
    if (ways.contains(LimitWay.CLAUDE_AI) || ways.contains(LimitWay.COPILOT)) {
      sources.byCookies(ways);
    }
    if (ways.contains(LimitWay.OPENROUTER)) {
      sources.openRouter();
    }
    return sources;
  }

  private void client(ClaudeFiles files) {
    String program = values.text(LimitVariables.CLAUDE);
    Path config = files.credentials().toAbsolutePath().getParent();
    boolean usual = !files.state().toAbsolutePath().startsWith(config);
    var usage = new ClientUsage(program == null ? "claude" : program, usual ? null : config, TIME);
    asked.add(new QuotaSource("planlimits/get_usage", RARELY, RARELY, true, usage::ask));
  }

  private void oauth(Path file) {
    String token = values.text(LimitVariables.OAUTH_TOKEN);
    Service service = service(LimitVariables.OAUTH_URL, "https://api.anthropic.com");
    var usage = new OAuthUsage(service, new OAuthToken(token == null ? "" : token, file));
    asked.add(new QuotaSource("planlimits/oauth", SELDOM, MINUTE, true, usage::ask));
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
          new Copilot(jar::header, service(LimitVariables.GITHUB_URL, "https://github.com"));
      asked.add(new QuotaSource("quota/copilot", SELDOM, MINUTE, false, copilot::ask));
    }
  }

  private @Nullable CookieJar jar() {
    CookieJar jar = values.read(required(LimitVariables.COOKIEJAR_URL), CookieJar::at);
    return parts.keep(jar);
  }

  private void claudeAi(CookieJar jar) {
    Service service = service(LimitVariables.CLAUDE_AI_URL, "https://claude.ai");
    CookieUsage usage =
        values.read(
            required(LimitVariables.ORGANIZATION_ID),
            organization -> new CookieUsage(jar, service, organization));
    if (usage != null) {
      asked.add(new QuotaSource("planlimits/claude.ai", SELDOM, MINUTE, true, usage::ask));
    }
  }

  private void openRouter() {
    Service service = service(LimitVariables.OPENROUTER_URL, "https://openrouter.ai");
    OpenRouter openRouter =
        values.read(required(LimitVariables.OPENROUTER_KEY), key -> new OpenRouter(service, key));
    if (openRouter != null) {
      asked.add(new QuotaSource("quota/openrouter", SELDOM, MINUTE, false, openRouter::ask));
    }
  }

  private @Nullable Given required(Variable variable) {
    Given given = values.given(variable);
    if (given == null) {
      values.problem(variable.name() + " is missing");
    }
    return given;
  }

  private Service service(Variable variable, String usual) {
    BaseUrl url = values.read(values.given(variable), BaseUrl::of);
    return parts.keep(new Service(url == null ? BaseUrl.of(usual) : url, TIME));
  }

  public List<QuotaSource> asked() {
    return List.copyOf(asked);
  }

  /// Whether nothing is asked over the network.
  public boolean onlyRemembered() {
    return names().stream().allMatch(REMEMBERED::equals);
  }

  public List<String> names() {
    return asked.stream().map(QuotaSource::name).toList();
  }

  @Override
  public void close() {
    parts.close();
  }
}
