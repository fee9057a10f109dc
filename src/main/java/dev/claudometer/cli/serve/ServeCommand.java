package dev.claudometer.cli.serve;

import dev.claudometer.app.Databases;
import dev.claudometer.app.LimitSources;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.answer.OnDemand;
import dev.claudometer.app.answer.Reception;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Foreground;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.app.server.RunningServer;
import dev.claudometer.app.server.ServerOptions;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ServeOptions;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.TlsFiles;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private final Surroundings surroundings;
  private final Answering answering;

  @Mixin private ServeOptions options = new ServeOptions();

  @Mixin private HomeOptions homes = new HomeOptions();

  /// @param answering what the server answers in the place of commands on its machine
  public ServeCommand(Surroundings surroundings, Answering answering) {
    this.surroundings = surroundings;
    this.answering = answering;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    String host = options.listen == null ? "127.0.0.1" : options.listen;
    int port =
        values.number(
            values.given("--port", options.port, ServerVariables.PORT), USUAL_PORT, 65_535);
    String database = Databases.url(options.database, values);
    String scraper = ServerOptions.Access.scraper(values);
    TrustedProxies proxies = proxies(values);
    String publicHost = publicHost(values);
    boolean loopback = loopback(host, values);
    TlsFiles tls = tls(loopback, host, values);
    ServerOptions.Shared redis = ServerOptions.Shared.of(values);
    var organization = OrganizationSettings.ofServer(surroundings, values);
    Set<LimitWay> ways = LimitWay.among(values.given(LimitVariables.LIMITS), values);
    LimitSources limits =
        LimitSources.of(ClaudeFiles.of(homes.homes, surroundings), !options.noLocal, ways, values);
    places(values);
    PushSettings push = Pushing.settings(values);
    Ports telemetry = options.otlp.ports(values);
    URI onward = options.otlp.onward(values);
    Set<String> gateways = gateways(values);
    try {
      values.check();
    } catch (WrongUsage wrong) {
      limits.close();
      throw wrong;
    }
    var server =
        new ServerOptions(
            new Listening(host, port, tls),
            new ServerOptions.Access(
                scraper, proxies, publicHost, loopback, options.openRegistration),
            database,
            options.name,
            options.noLocal ? null : new ServerOptions.Transcripts(homes.homes),
            redis,
            organization,
            limits,
            push,
            telemetry,
            onward,
            gateways);
    return Foreground.run(started(server));
  }

  /// The server; besides, it answers the commands that are typed on its machine, unless an agent
  /// does.
  private Started started(ServerOptions server) {
    var started = new Started(why -> surroundings.err().println("claudometer: " + why));
    started.keep(RunningServer.start(surroundings, server));
    started.start(
        () -> {
          if (!options.noLocal) {
            var data = started.keep(new OnDemand(surroundings, homes.homes));
            started.keep(
                Reception.open(surroundings, StateDirectory.of(surroundings), data, answering));
          }
        });
    return started;
  }

  /// A home that was typed has to be there. A variable may name one that Claude Code makes later.
  private void places(Values values) {
    ClaudeHome.Search search = ClaudeFiles.search(homes.homes, surroundings);
    if (!options.noLocal && !search.byDefault()) {
      search.missing().forEach(homes.homes.isEmpty() ? values::notice : values::problem);
    }
  }

  private TrustedProxies proxies(Values values) {
    Given list =
        values.given("--trusted-proxies", options.trustedProxies, ServerVariables.TRUSTED_PROXIES);
    TrustedProxies proxies = values.read(list, TrustedProxies::of);
    return proxies == null ? TrustedProxies.of("") : proxies;
  }

  private Set<String> gateways(Values values) {
    Given given =
        values.given(
            "--telemetry-gateway", options.telemetryGateway, ServerVariables.TELEMETRY_GATEWAY);
    return given == null
        ? Set.of()
        : Stream.of(given.value().split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
  }

  private @Nullable String publicHost(Values values) {
    Given given = values.given("--public-url", options.publicUrl, ServerVariables.PUBLIC_URL);
    if (given == null) {
      return null;
    }
    String url = given.value();
    String host = url.matches("https?://[^\\s/]+/?") ? URI.create(url).getHost() : null;
    if (host == null) {
      values.wrong(given, "has to be a URL such as https://claudometer.example");
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
