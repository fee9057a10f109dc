package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.Surroundings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `export local`: this machine's usage as Prometheus reads it.
@Command(
    name = "local",
    description =
        "Read this machine's transcripts as they grow, and answer Prometheus at /metrics. Ends with"
            + " Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ExportLocalCommand implements Callable<Integer> {

  private static final int USUAL_PORT = 9101;

  private final Surroundings surroundings;

  @Mixin private HomeOptions homes = new HomeOptions();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: 127.0.0.1.")
  private String listen = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on. Default: $$EXPORTER_PORT, else 9101.")
  private @Nullable String port;

  @Option(
      names = "--allow-plain-http",
      description = "Listen on other addresses than this machine's own: whoever can connect reads.")
  private boolean allowPlainHttp;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Zone that days are cut in, as Europe/Berlin or UTC. Default: the system's.")
  private @Nullable String timezone;

  ExportLocalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new ServeOptions.Values(surroundings);
    int number = values.number(port, "EXPORTER_PORT", USUAL_PORT, 65_535);
    InetAddress address = address(values);
    values.check();
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    var running =
        RunningExporter.start(
            surroundings, new RunningExporter.Configuration(places(), address, number, zone));
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  running.close();
                  ended.countDown();
                },
                "shutdown"));
    ended.await();
    return Claudometer.DONE;
  }

  /// `CLAUDE_HOME` is cc-exporter's name for one home.
  private List<Path> places() {
    String home = surroundings.variable("CLAUDE_HOME");
    return homes.homes.isEmpty() && !home.isEmpty() ? List.of(Path.of(home)) : homes.homes;
  }

  private InetAddress address(ServeOptions.Values values) {
    try {
      InetAddress address = InetAddress.getByName(listen);
      if (!address.isLoopbackAddress() && !allowPlainHttp) {
        values.problem(
            "on "
                + listen
                + " whoever can connect could read what you use: give --allow-plain-http where a"
                + " firewall or a private network keeps others away");
      }
      return address;
    } catch (UnknownHostException unknown) {
      values.problem("--listen: there is no address '" + listen + "'");
      return InetAddress.getLoopbackAddress();
    }
  }
}
