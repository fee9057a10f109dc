package dev.claudometer.cli.serve;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Foreground;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.server.RunningServer;
import dev.claudometer.app.server.ServerOptions;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ServeOptions;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.TlsFiles;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `serve`: the server, with this machine's own usage in it.
@Command(
    name = "serve",
    description =
        "Run the server: it holds the usage of many machines, and of this one. Ends with Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

  private static final int USUAL_PORT = 3000;
  private static final int SHORTEST_TOKEN = 20;

  private final Surroundings surroundings;

  @Mixin private ServeOptions options = new ServeOptions();

  @Mixin private HomeOptions homes = new HomeOptions();

  public ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    String host = options.listen == null ? "127.0.0.1" : options.listen;
    int port = values.number(options.port, "PORT", USUAL_PORT, 65_535);
    String database = values.of(options.database, "DATABASE_URL");
    String scraper = scraper(values);
    TrustedProxies proxies = proxies(values);
    String publicHost = publicHost(values);
    boolean loopback = loopback(host, values);
    TlsFiles tls = tls(loopback, host, values);
    String redis = values.flag("REDIS_ENABLED") ? redis(values) : null;
    String prefix = values.of(null, "REDIS_KEY_PREFIX");
    var redisTime = Duration.ofHours(values.number(null, "REDIS_TTL_HOURS", 24, 10_000));
    var organization = OrganizationSettings.of(surroundings, values);
    Set<LimitWay> ways = LimitWay.among(values.of(null, "CLAUDOMETER_LIMITS"), values);
    LimitSources limits =
        LimitSources.of(
            surroundings,
            ClaudeFiles.of(homes.homes, surroundings),
            !options.noLocal,
            ways,
            values);
    PushSettings push = Pushing.settings(values);
    values.check();
    var server =
        new ServerOptions(
            new Listening(host, port, tls),
            new ServerOptions.Access(
                scraper, proxies, publicHost, loopback, options.openRegistration),
            database,
            options.noLocal ? null : new ServerOptions.Transcripts(homes.homes),
            redis == null
                ? null
                : new ServerOptions.Shared(
                    redis, prefix == null ? "claudometer" : prefix, redisTime),
            organization,
            limits,
            push);
    return Foreground.run(RunningServer.start(surroundings, server));
  }

  private static @Nullable String redis(Values values) {
    String url = values.of(null, "REDIS_URL");
    if (url == null || !url.matches("rediss?://[^\\s]+")) {
      values.problem("REDIS_URL has to be a URL such as redis://localhost:6379");
    }
    return url;
  }

  /// @return the digest of what opens the metrics to a scraper elsewhere
  private static @Nullable String scraper(Values values) {
    String token = values.of(null, "CLAUDOMETER_METRICS_TOKEN");
    if (token == null) {
      return null;
    }
    if (token.length() < SHORTEST_TOKEN) {
      values.problem(
          "CLAUDOMETER_METRICS_TOKEN has to have at least "
              + SHORTEST_TOKEN
              + " characters: `openssl rand -hex 32` makes a good one");
    }
    return Secrets.digest(token);
  }

  private TrustedProxies proxies(Values values) {
    String list = values.of(options.trustedProxies, "CLAUDOMETER_TRUSTED_PROXIES");
    try {
      return TrustedProxies.of(list == null ? "" : list);
    } catch (IllegalArgumentException wrong) {
      values.problem("--trusted-proxies: " + wrong.getMessage());
      return TrustedProxies.of("");
    }
  }

  private @Nullable String publicHost(Values values) {
    String url = values.of(options.publicUrl, "CLAUDOMETER_PUBLIC_URL");
    if (url == null) {
      return null;
    }
    String host = url.matches("https?://[^\\s/]+/?") ? URI.create(url).getHost() : null;
    if (host == null) {
      values.problem("--public-url has to be a URL such as https://claudometer.example");
    }
    return host;
  }

  private static boolean loopback(String host, Values values) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      values.problem("--listen: there is no address '" + host + "'");
      return true;
    }
  }

  private @Nullable TlsFiles tls(boolean loopback, String host, Values values) {
    if (options.tlsCertificate != null && options.tlsKey != null) {
      return new TlsFiles(options.tlsCertificate, options.tlsKey);
    }
    if (options.tlsCertificate != null || options.tlsKey != null) {
      values.problem("--tls-cert and --tls-key belong together");
    } else if (!loopback && !options.allowPlainHttp) {
      values.problem(
          "on "
              + host
              + " keys and passwords would travel in the clear: give --tls-cert and --tls-key, or"
              + " --allow-plain-http where a proxy or a private network protects them");
    }
    return null;
  }
}
