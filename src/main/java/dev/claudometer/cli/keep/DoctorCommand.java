package dev.claudometer.cli.keep;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.Retention;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.text.DoctorReport;
import dev.claudometer.cli.text.EarlierText;
import dev.claudometer.model.FileRead;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.source.claudecode.LineTypes;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `doctor`: how far the numbers can be trusted, and what to do about it.
@Command(
    name = "doctor",
    description =
        "How far to trust the numbers: places, versions, damage, prices, unfinished responses.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer>, PrintsJson {

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = {"-j", "--json"},
      description = "Print JSON.")
  private boolean json;

  public DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void printJson() {
    json = true;
  }

  @Override
  public Integer call() {
    return LocalData.useAll(
        surroundings,
        home.homes,
        data -> {
          DoctorReport report = report(data);
          if (json) {
            report.printJson(surroundings.out());
          } else {
            report.print(surroundings.out());
          }
          return Exit.DONE;
        });
  }

  private DoctorReport report(LocalData data) {
    StoredFacts facts = StoredFacts.of(data.store(), data.memory());
    Retention retention = Retention.of(data.search());
    return new DoctorReport(
        Places.around(data.search(), surroundings.environment(), surroundings.userHome()),
        data.search().lookedAt().stream().map(Path::toString).toList(),
        data.search().homes().stream().map(ClaudeHome::projects).map(Path::toString).toList(),
        data.file().toString(),
        facts.holdings(),
        facts.extent(),
        data.sync(),
        facts.holdings().files().stream()
            .filter(reading -> !Files.exists(Path.of(reading.cursor().file())))
            .count(),
        facts.byModel(),
        facts.lineTypes(),
        unknown(facts.lineTypes()),
        named(facts.unknownFields(), false),
        named(facts.unknownFields(), true),
        facts.versions(),
        facts.told(),
        facts.gaps(),
        facts.activities(),
        facts.limits(),
        surroundings.clock().instant(),
        earlier(data),
        retention.days(),
        retention.configured(),
        data.prices().customised(),
        data.prices().book().contractRejected());
  }

  private EarlierText earlier(LocalData data) {
    List<String> unread = data.statistics();
    return new EarlierText(EarlierDays.of(data.store().told(), surroundings.zone()), unread);
  }

  /// Those that may be billed, or the others.
  private static Map<String, Long> named(Map<String, Long> unknownFields, boolean usage) {
    var named = new TreeMap<>(unknownFields);
    named.keySet().removeIf(name -> name.startsWith(FileRead.USAGE_FIELD) != usage);
    return named;
  }

  private static List<String> unknown(Map<String, Long> lineTypes) {
    return lineTypes.keySet().stream()
        .filter(type -> !type.startsWith("(") && !LineTypes.known(type.replaceFirst("/.*", "")))
        .toList();
  }
}
