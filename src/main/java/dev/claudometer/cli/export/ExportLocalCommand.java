package dev.claudometer.cli.export;

import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.ExporterVariables;
import dev.claudometer.app.config.PlaceVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.export.RunningExporter;
import dev.claudometer.app.process.Foreground;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ListenOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.export.otlp.PushSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
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
public final class ExportLocalCommand implements Callable<Integer> {

  private static final int USUAL_PORT = 9101;

  private final Surroundings surroundings;

  @Mixin private HomeOptions homes = new HomeOptions();

  @Mixin private ListenOptions listening = new ListenOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on. Default: $$EXPORTER_PORT, else 9101.")
  private @Nullable String port;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Time zone of days, such as Europe/Berlin or UTC. Default: the system's.")
  private @Nullable String timezone;

  public ExportLocalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    int number =
        values.number(
            values.given("--port", port, ExporterVariables.EXPORTER_PORT), USUAL_PORT, 65_535);
    InetAddress address = listening.address(values);
    PushSettings push = Pushing.settings(values);
    ClaudeFiles.search(places(), surroundings).missing().forEach(values::problem);
    values.check();
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    var running =
        RunningExporter.start(
            surroundings, new RunningExporter.Configuration(places(), address, number, zone, push));
    return Foreground.run(running);
  }

  /// `CLAUDE_HOME` is cc-exporter's name for one home.
  private List<Path> places() {
    String home = PlaceVariables.CLAUDE_HOME.in(surroundings);
    return homes.homes.isEmpty() && !home.isEmpty() ? List.of(Path.of(home)) : homes.homes;
  }
}
