package dev.claudometer.cli.export;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.app.OrganizationPolling;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.ExporterVariables;
import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.LegacyFiles;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.OrganizationVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.export.RunningOrganizationExporter;
import dev.claudometer.app.process.Foreground;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.cli.options.Day;
import dev.claudometer.cli.options.ListenOptions;
import dev.claudometer.export.bill.OrganizationExport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `export org`: what Anthropic says an organisation used and was billed, as Prometheus reads it.
@Command(
    name = "org",
    description =
        "Ask Anthropic's Admin API once a minute what the organisation used and was billed, and"
            + " answer Prometheus at /metrics. Ends with Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class ExportOrganizationCommand implements Callable<Integer> {

  private static final int USUAL_PORT = 9001;

  private final Surroundings surroundings;

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Mixin private ListenOptions listening = new ListenOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on. Default: $$PROMETHEUS_PORT, else 9001.")
  private @Nullable String port;

  @Option(
      names = "--namespace",
      paramLabel = "WORD",
      description = "Prefix of the metric names of claude-prometheus-exporter. Default: claude.")
  private @Nullable String namespace;

  @Option(
      names = {"-s", "--since"},
      paramLabel = "DATE",
      description =
          "How far back to ask for history: a date, or 90d, 3m. Default: this month and the"
              + " last.")
  private @Nullable String since;

  public ExportOrganizationCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var running = RunningOrganizationExporter.start(surroundings, configuration());
    return Foreground.run(running);
  }

  private RunningOrganizationExporter.Configuration configuration() {
    var values = new Values(surroundings);
    var files = LegacyFiles.of(surroundings, values);
    var settings = OrganizationSettings.of(files);
    var configuration =
        new RunningOrganizationExporter.Configuration(
            settings,
            database.url(values),
            listening.address(values),
            port(files),
            namespace(files),
            since(),
            Pushing.settings(values));
    boolean given =
        values.given(OrganizationVariables.ADMIN_KEY) != null
            || files.given(OrganizationVariables.APIKEY) != null;
    if (!given) {
      values.problem(
          "there is no admin key to ask with: set APIKEY (or CLAUDOMETER_ADMIN_KEY) to one"
              + " (sk-ant-admin…)");
    }
    values.check();
    return configuration;
  }

  private int port(LegacyFiles files) {
    Given given = files.given("--port", port, ExporterVariables.PROMETHEUS_PORT);
    return files.values().number(given, USUAL_PORT, 65_535);
  }

  private String namespace(LegacyFiles files) {
    Given given = files.given("--namespace", namespace, ExporterVariables.PROMETHEUS_NAMESPACE);
    if (given == null) {
      return OrganizationExport.USUAL_NAMESPACE;
    }
    if (!given.value().matches("[a-zA-Z_][a-zA-Z0-9_]{0,59}")) {
      files.values().wrong(given, "has to be a word of letters, digits and _");
    } else if (!OrganizationExport.free(given.value())) {
      files.values().wrong(given, "cannot be what families of ours begin with");
    }
    return given.value();
  }

  private Instant since() {
    return since == null
        ? OrganizationPolling.usualSince(surroundings.clock().instant())
        : Day.of("--since", since, LocalDate.ofInstant(surroundings.clock().instant(), UTC))
            .atStartOfDay(UTC)
            .toInstant();
  }
}
