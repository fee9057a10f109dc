package dev.claudometer.cli.export;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.LimitVariables;
import dev.claudometer.app.config.LimitWay;
import dev.claudometer.app.config.LogLevel;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.export.LimitCollection;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Foreground;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ListenOptions;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.otlp.PushSettings.Usual;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `export limits`: plan windows and other quotas, pushed by OTLP and for Prometheus to read.
@Command(
    name = "limits",
    description = {
      "Regularly ask how full plan windows and other quotas are, push that by OTLP to",
      "$$OTEL_EXPORTER_OTLP_ENDPOINT, and answer Prometheus at /metrics. Ends with Ctrl-C."
    },
    mixinStandardHelpOptions = true)
public final class ExportLimitsCommand implements Callable<Integer> {

  private static final int USUAL_PORT = 9102;

  /// Those of claude-usage-metrics.
  private static final Usual USUAL = new Usual("http://127.0.0.1:4317", "claude-usage-metrics");

  private final Surroundings surroundings;

  @Mixin private HomeOptions homes = new HomeOptions();

  @Mixin private ListenOptions listening = new ListenOptions();

  @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on. Default: 9102.")
  private @Nullable String port;

  @Option(
      names = "--ask",
      paramLabel = "WAYS",
      description =
          "Ask over the network, at most every five minutes: get_usage, oauth, claude.ai,"
              + " openrouter, copilot; commas between. Default: $$CLAUDOMETER_LIMITS, else"
              + " claude.ai with $$COOKIEJAR_URL and openrouter with $$OPENROUTER_API_KEY.")
  private @Nullable String ask;

  @Option(
      names = "--once",
      description = "Ask and push once, without listening; exit code 1 where something failed.")
  private boolean once;

  public ExportLimitsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    int number = values.number(given(port), USUAL_PORT, 65_535);
    InetAddress address = listening.address(values);
    Set<LimitWay> ways =
        LimitWay.configured(values.given("--ask", ask, LimitVariables.LIMITS), values);
    PushSettings push = once ? Pushing.needed(values, USUAL) : Pushing.settings(values, USUAL);
    LimitSources sources =
        LimitSources.of(ClaudeFiles.of(homes.homes, surroundings), true, ways, values);
    Level level = LogLevel.of(values);
    try (var collection = new LimitCollection(surroundings, sources, level)) {
      values.check();
      if (once) {
        return collection.once(store(), push) ? Exit.DONE : Exit.FAILED;
      }
      collection.start(store(), push, address, number);
      return Foreground.run(collection);
    }
  }

  private static @Nullable Given given(@Nullable String port) {
    return port == null ? null : new Given("--port", port, false);
  }

  /// The store of the reports: the status line's readings are in it.
  private Path store() {
    StateDirectory state = StateDirectory.of(surroundings);
    state.create();
    return state.store(ClaudeFiles.search(homes.homes, surroundings));
  }
}
