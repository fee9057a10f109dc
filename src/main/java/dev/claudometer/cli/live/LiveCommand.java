package dev.claudometer.cli.live;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.LivePicture;
import dev.claudometer.cli.text.Style;
import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `live`: one screen that follows.
@Command(
    name = "live",
    description = {
      "One screen that follows: today, the block, limits, running sessions, models, tools.",
      "Ends with q or Ctrl-C. Without a terminal it prints one picture."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LiveCommand implements Callable<Integer> {

  private static final int WAIT_MILLIS = 1000;

  /// Times to go grow old, also while nothing happens.
  private static final Duration STALE = Duration.ofSeconds(15);

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Time zone of today. Default: the system's.")
  private @Nullable String timezone;

  public LiveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var zoned = new ReportOptions();
    zoned.timezone = timezone;
    ZoneId zone = zoned.zone(surroundings);
    Style style = zoned.output(surroundings).style();
    return LocalData.use(
        surroundings,
        home.homes,
        data ->
            surroundings.outColumns() == 0 ? once(data, zone, style) : follow(data, zone, style));
  }

  private int once(LocalData data, ZoneId zone, Style style) {
    picture(data, zone).lines(style, 0).forEach(surroundings.out()::println);
    return Exit.DONE;
  }

  private int follow(LocalData data, ZoneId zone, Style style) {
    var changed = new AtomicBoolean(true);
    try (Screen screen = Screen.open();
        var _ =
            new ContinuousSync(
                new LocalSync(data.store(), DeviceId.THIS, 1, (_, _) -> {}),
                () -> data.search().homes(),
                (report, _) -> {
                  if (report.filesRead() > 0) {
                    changed.set(true);
                  }
                })) {
      Instant shown = Instant.EPOCH;
      do {
        Instant now = surroundings.clock().instant();
        boolean resized = screen.resized();
        boolean stale = shown.plus(STALE).isBefore(now);
        if (changed.getAndSet(false) || resized || stale) {
          show(screen, picture(data, zone), style);
          shown = now;
        }
      } while (screen.wait(WAIT_MILLIS));
      return Exit.DONE;
    } catch (IOException failure) {
      throw new Failed("cannot use the terminal: " + Cause.of(failure), failure);
    }
  }

  private LivePicture picture(LocalData data, ZoneId zone) {
    return LivePicture.of(data.store(), surroundings.clock().instant(), zone);
  }

  private static void show(Screen screen, LivePicture picture, Style style) {
    int columns = Math.max(1, screen.columns());
    var fitting = new Style(columns, style.compact(), style.colored(), style.locale());
    List<String> lines = new ArrayList<>(List.of("claudometer live (q ends)", ""));
    lines.addAll(picture.lines(fitting, 0));
    screen.show(lines.subList(0, Math.clamp(screen.rows(), 1, lines.size())));
  }
}
