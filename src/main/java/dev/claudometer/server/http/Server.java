package dev.claudometer.server.http;

import dev.claudometer.server.auth.Access;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinLogger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// Answers HTTP requests with the routes it is given.
public final class Server implements AutoCloseable {

  static {
    // whoever starts it says what went wrong
    JavalinLogger.enabled = false;
  }

  /// Accept and select; whatever waits for a caller does so in a virtual thread.
  private static final int THREADS = 16;

  private static final Duration IDLE = Duration.ofSeconds(30);

  /// For what is being answered when the server ends.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Beyond this, who says nothing for a second is disconnected.
  private static final int MOST_CONNECTIONS = 4_000;

  private final Guard guard;
  private final InstantSource clock;
  private static final Route NOWHERE =
      Route.page("/", Access.PUBLIC, "what is not there", _ -> null);

  private final RecordJson json = new RecordJson();
  private final Answers answers;
  private final Workers workers = new Workers();
  private final BodyReception reception;
  private final GracefulHandler underWay = new GracefulHandler();
  private final Queue<EventLine> lines = new ConcurrentLinkedQueue<>();
  private final Javalin javalin;

  private Server(
      Listening listening,
      List<Route> routes,
      Guard guard,
      ErrorPage page,
      InstantSource clock,
      InstantSource steady) {
    answers = new Answers(json, page, clock);
    this.guard = guard;
    this.clock = clock;
    reception = new BodyReception(steady);
    javalin = Javalin.create(config -> configure(config, listening, routes));
  }

  /// Starts listening.
  ///
  /// @param steady never goes back: how long somebody may take is measured by it
  /// @throws RuntimeException where the address cannot be listened on
  public static Server start(
      Listening listening,
      List<Route> routes,
      Guard guard,
      ErrorPage page,
      InstantSource clock,
      InstantSource steady) {
    var server = new Server(listening, routes, guard, page, clock, steady);
    server.javalin.start();
    return server;
  }

  private void configure(JavalinConfig config, Listening listening, List<Route> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(jetty -> jetty.setHandler(underWay));
    config.jetty.addConnector((jetty, http) -> connector(jetty, http, listening));
    config.routes.before(answers::protect);
    for (Route route : routes) {
      config.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method()),
          route.path(),
          context -> answer(context, route));
    }
    config.routes.exception(Exception.class, answers::failed);
    config.routes.error(404, "*", this::unknown);
    config.routes.error(405, "*", answers::unknown);
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(THREADS, 4, (int) IDLE.toMillis());
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 1).factory()));
    return threads;
  }

  private static Connector connector(
      org.eclipse.jetty.server.Server jetty, HttpConfiguration http, Listening listening) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    // it would take 100 kB of each connection, whether the connection asks for anything or not
    http.setHeaderCacheSize(0);
    http.setUriCompliance(UriCompliance.DEFAULT);
    TlsFiles tls = listening.tls();
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      var factory = new SslContextFactory.Server();
      factory.setSslContext(tls.context());
      factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      jetty.addBean(new TlsReload(tls, factory));
      connector =
          new ServerConnector(
              jetty,
              new SslConnectionFactory(factory, "http/1.1"),
              new HttpConnectionFactory(http));
    }
    connector.setHost(listening.host());
    connector.setPort(listening.port());
    connector.setIdleTimeout(IDLE.toMillis());
    var limit = new NetworkConnectionLimit(MOST_CONNECTIONS, connector);
    limit.setEndPointIdleTimeout(1_000);
    connector.addBean(limit);
    return connector;
  }

  private void answer(Context context, Route route) throws Exception {
    Begun begun = workers.run(() -> begin(context, route));
    if (begun.early() != null) {
      send(context, begun.early());
      return;
    }
    try (BodyMemory.Share share = reception.share(begun.caller())) {
      begun.call().brings(reception.body(context, route, begun.caller(), share));
      send(context, workers.run(() -> route.action().answer(begun.call())));
    }
  }

  /// A request of somebody who may ask.
  ///
  /// @param early an answer before its body is read, null where there is none
  private record Begun(Guard.Admitted caller, Call call, @Nullable Object early) {}

  private Begun begin(Context context, Route route) throws Exception {
    Guard.Admitted caller = guard.admit(context, route);
    var call = new Call(context, caller, clock.instant(), json);
    return new Begun(caller, call, route.before().answer(call));
  }

  /// A page that is not there still has the menu of whoever looks for it.
  private void unknown(Context context) {
    if (context.attribute(Guard.KNOWN) == null && Answers.browser(context)) {
      try {
        guard.admit(context, NOWHERE);
      } catch (Problem _) {
        // then it is told without a menu
      }
    }
    answers.unknown(context);
  }

  private void send(Context context, @Nullable Object answer) throws Exception {
    switch (answer) {
      case null -> context.status(204);
      case Subscription subscription -> subscription.begin(() -> line(context));
      case Promised promised -> send(context, promised.await());
      case Reply reply -> answers.send(context, reply);
      default -> answers.send(context, new Reply(200, Map.of(), answer));
    }
  }

  private EventLine line(Context context) {
    EventLine line = EventLine.open(context);
    lines.removeIf(EventLine::ended);
    lines.add(line);
    return line;
  }

  /// The port that is listened on.
  public int port() {
    return javalin.port();
  }

  /// Finishes what is being answered, and stops listening.
  @Override
  public void close() {
    lines.forEach(EventLine::end);
    finish();
    javalin.stop();
    workers.close();
  }

  /// Who comes from now on is told to come again.
  private void finish() {
    try {
      underWay.shutdown().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException cutOff) {
      // who is not answered by then asks again
    }
  }
}
