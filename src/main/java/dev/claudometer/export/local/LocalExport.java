package dev.claudometer.export.local;

import dev.claudometer.export.fleet.FleetMeters;
import dev.claudometer.export.quota.PlanWindows;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.EarlierDays;
import dev.claudometer.store.ToldHistory;
import dev.claudometer.store.UsageQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one machine tells of itself.
///
/// @param told what Claude Code's statistics told of its homes
/// @param more what else this process tells
public record LocalExport(
    UsageQueries store,
    ToldHistory told,
    Machine machine,
    LongSupplier bytes,
    String version,
    List<Collector> more) {

  private static final List<Family> FAMILIES =
      Stream.of(Local.ALL, Local.OWN).flatMap(List::stream).toList();

  /// Where the exporter runs.
  ///
  /// @param home that is read, for people
  /// @param zone that days are cut in
  /// @param running the sessions of running clients; null where nobody knows
  /// @param synced when the transcripts were last looked at; null before the first time
  public record Machine(
      String home,
      ZoneId zone,
      Supplier<@Nullable Set<SessionId>> running,
      Supplier<@Nullable Instant> synced) {}

  /// Puts the collectors together. What a server tells of a device, the exporter tells of none.
  public Scraper scraper(InstantSource clock) {
    var nameless = new DeviceNames(List::of);
    var meters = new MeterCache(store);
    Supplier<EarlierDays> earlier = () -> EarlierDays.of(told, machine.zone());
    List<Collector> collectors = new ArrayList<>();
    collectors.add(new FleetMeters(meters, nameless));
    collectors.add(new LocalMeters(meters, earlier));
    collectors.add(new LocalDays(store, earlier, machine.zone()));
    collectors.add(new LocalHistory(earlier));
    collectors.add(new LiveSessions(store, earlier, machine));
    collectors.add(new LocalSpend(store, meters));
    collectors.add(new PlanWindows(store, nameless));
    collectors.add(new Self(this));
    collectors.addAll(more);
    return new Scraper(FAMILIES, collectors, clock, Scraper.USUAL_LIMIT);
  }

  /// What the exporter tells of itself.
  private record Self(LocalExport export) implements Collector {

    @Override
    public String source() {
      return "exporter";
    }

    @Override
    public void collect(Gathering into, Instant now) {
      into.add(Own.BUILD_INFO, Exact.of(1), export.version());
      into.add(Own.DATABASE_BYTES, Exact.of(export.bytes().getAsLong()));
      Instant synced = export.machine().synced().get();
      if (synced != null) {
        into.add(Own.SYNC_AGE_SECONDS, new Exact(Duration.between(synced, now).toMillis(), 3), "");
      }
    }
  }
}
