package dev.claudometer.app.server;

import dev.claudometer.app.Polling;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.PollLog;
import dev.claudometer.export.quota.Polled;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.server.Jobs;
import dev.claudometer.server.ServerLog;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.Backups;
import dev.claudometer.server.api.LogPage;
import dev.claudometer.server.api.Options;
import dev.claudometer.server.auth.SteadyClock;
import dev.claudometer.server.http.Exhaustion;
import dev.claudometer.server.http.Guard;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.http.Server;
import dev.claudometer.server.http.TlsFiles;
import dev.claudometer.server.web.Web;
import dev.claudometer.source.claudecode.LineTypes;
import dev.claudometer.store.registry.Device;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// A server with all its parts, from its start to its end: what it holds, who may come in, what
/// answers, and what goes on beside that.
public final class RunningServer implements AutoCloseable {

  private final Surroundings surroundings;
  private final ServerOptions options;
  private final InstantSource steady;
  private final Started parts;

  private RunningServer(Surroundings surroundings, ServerOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    steady = new SteadyClock(surroundings.clock());
    parts = new Started(why -> surroundings.err().println("claudometer: " + why));
  }

  /// Starts everything; where something fails, what has been started is ended.
  public static RunningServer start(Surroundings surroundings, ServerOptions options) {
    var running = new RunningServer(surroundings, options);
    running.parts.start(running::start);
    return running;
  }

  private void start() {
    Exhaustion.watch();
    ServerLog log = log();
    var data = ServerData.open(options.database(), surroundings, parts);
    var sharing = ServerSharing.of(options.redis(), steady, parts);
    var entrance =
        ServerEntrance.of(
            options.access(), data.registry(), sharing.limits(), surroundings.clock(), parts);
    var calls =
        parts.keep(
            new OwnCalls(
                parts.keep(new OwnStore(surroundings, homes())),
                data.store(),
                data.committer(),
                () -> thisMachine(data).id()));
    OwnTelemetry telemetry =
        parts.keep(
            new OwnTelemetry(
                surroundings,
                data,
                entrance.options().identities(),
                calls,
                options.onward(),
                options.gateways()));
    var pushing = Pushing.of(options.push(), surroundings.clock(), PollLog.log("push"));
    Options.Running itself = itself(log, data, sharing, pushing, telemetry.metrics());
    var api = Api.of(new Options(data.stores(), data.pricing(), entrance.options(), itself));
    Server server = parts.keep(listen(api, entrance.guard()));
    parts.keep(new Jobs(data.store(), data.registry(), data::reprice, surroundings.clock()));
    follow(data, entrance, calls);
    parts.keep(telemetry.receive(options.listening().host(), options.telemetry(), steady));
    poll(data);
    var _ = parts.keep(pushing.metrics(api.scraper()));
    new Greeting(surroundings, data.registry()).print(address(server.port()));
  }

  private ServerLog log() {
    var log = new ServerLog(this::print);
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("claudometer").setLevel(options.organization().level());
    root.addHandler(log);
    parts.keep(() -> root.removeHandler(log));
    return log;
  }

  private void print(LogPage.Line line) {
    surroundings
        .err()
        .println(line.at() + " " + line.level() + " " + line.category() + " " + line.message());
  }

  private Options.Running itself(
      ServerLog log, ServerData data, ServerSharing sharing, Pushing pushing, Collector telemetry) {
    var polled = new Polled(data.stores().readings(), options.limits().names());
    List<Collector> collectors =
        Stream.concat(pushing.collectors().stream(), Stream.of(polled, telemetry)).toList();
    return new Options.Running(
        surroundings.clock(),
        Version.text(),
        log,
        backups(data),
        sharing.hot(),
        sharing.health(),
        RunningServer::known,
        collectors);
  }

  private static Backups backups(ServerData data) {
    var backups = new DatabaseBackups(data.database(), data.state());
    backups.removeLeftOvers();
    return backups;
  }

  /// Whether a line's type, with or without its subtype, is one that we know to be harmless.
  private static boolean known(String type) {
    return type.startsWith("(") || LineTypes.known(type.replaceFirst("/.*", ""));
  }

  private Server listen(Api api, Guard guard) {
    var web = new Web(api);
    List<Route> routes = Stream.of(api.routes(), web.routes()).flatMap(List::stream).toList();
    Listening listening = options.listening();
    try {
      return Server.start(listening, routes, guard, web::error, surroundings.clock(), steady);
    } catch (TlsFiles.Unusable unusable) {
      throw new Failed(String.valueOf(unusable.getMessage()), unusable);
    } catch (RuntimeException failure) {
      throw new Failed(
          "cannot listen on "
              + listening.host()
              + ":"
              + listening.port()
              + ": is another server running there? Choose another --port",
          failure);
    }
  }

  private void follow(ServerData data, ServerEntrance entrance, OwnCalls calls) {
    ServerOptions.Transcripts transcripts = options.transcripts();
    if (transcripts != null) {
      parts.keep(
          new OwnTranscripts(surroundings, transcripts)
              .follow(data.store(), thisMachine(data), entrance.options().sightings(), calls));
    }
  }

  private List<Path> homes() {
    ServerOptions.Transcripts transcripts = options.transcripts();
    return transcripts == null ? List.of() : transcripts.homes();
  }

  private void poll(ServerData data) {
    var polling = parts.keep(new Polling(data.database(), data.registry(), surroundings.clock()));
    polling.organization(options.organization());
    polling.limits(options.limits(), () -> thisMachine(data).id());
  }

  private Device thisMachine(ServerData data) {
    return new ThisMachine(data.registry(), surroundings, options.name()).device();
  }

  /// What people type.
  private String address(int port) {
    return options.listening().url(options.access().loopback(), port);
  }

  @Override
  public void close() {
    parts.close();
  }
}
