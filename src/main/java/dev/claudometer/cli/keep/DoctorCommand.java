package dev.claudometer.cli.keep;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.Retention;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.PrintsJson;
import dev.claudometer.cli.text.DoctorReport;
import dev.claudometer.cli.text.EarlierText;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.source.claudecode.LineTypes;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.Places;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.Told;
import dev.claudometer.usage.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
    Holdings holdings = data.store().holdings();
    var byModel = new TreeMap<String, Totals>();
    for (Slice slice : data.store().sums(TimeRange.ALL, EnumSet.of(Dimension.MODEL))) {
      byModel.put(slice.model(), slice.totals());
    }
    Retention retention = Retention.of(data.search());
    Map<String, Long> lineTypes = sum(holdings, FileRead::lineTypes);
    Map<String, Long> unknownFields = sum(holdings, FileRead::unknownFields);
    return new DoctorReport(
        Places.around(data.search(), surroundings.environment(), surroundings.userHome()),
        data.search().lookedAt().stream().map(Path::toString).toList(),
        data.search().homes().stream().map(ClaudeHome::projects).map(Path::toString).toList(),
        data.file().toString(),
        holdings,
        data.store().extent(),
        data.sync(),
        holdings.files().stream()
            .filter(reading -> !Files.exists(Path.of(reading.cursor().file())))
            .count(),
        byModel,
        lineTypes,
        unknown(lineTypes),
        named(unknownFields, false),
        named(unknownFields, true),
        sum(holdings, FileRead::versions),
        data.store().told(TimeRange.ALL).getOrDefault(DeviceId.THIS, Told.NONE),
        data.store().gaps().getOrDefault(DeviceId.THIS, Gaps.NONE),
        data.store().activities(TimeRange.ALL),
        data.store().limits(DeviceId.THIS),
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

  private static Map<String, Long> sum(
      Holdings holdings, Function<FileRead, Map<String, Long>> counts) {
    var sum = new TreeMap<String, Long>();
    for (FileRead reading : holdings.files()) {
      counts.apply(reading).forEach((name, count) -> sum.merge(name, count, Long::sum));
    }
    return sum;
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
