package dev.claudometer.export.fleet;

import dev.claudometer.export.bill.OrganizationExport;
import dev.claudometer.export.quota.PlanWindows;
import dev.claudometer.export.quota.Quotas;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.metric.ClaudeCode;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Organization;
import dev.claudometer.metric.OrganizationPeer;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Quota;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Events;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.meter.MeterQueries;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.registry.Device;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What a server tells of all machines.
///
/// @param billing where an organisation's bill is, if there is one
/// @param devices all of them, asked at each scrape
/// @param pricesUpdated when the prices in force were published or replaced
/// @param more what else this process tells
public record FleetExport(
    MeterQueries store,
    Events events,
    Readings readings,
    Billing billing,
    Supplier<? extends Collection<Device>> devices,
    Supplier<PriceBook> prices,
    Supplier<Instant> pricesUpdated,
    List<Collector> more) {

  private static final OrganizationPeer ORGANIZATION = OrganizationPeer.in(OrganizationPeer.SERVER);

  private static final List<Family> FAMILIES =
      Stream.of(
              Fleet.ALL,
              Quota.ALL,
              Own.ALL,
              ClaudeCode.ALL,
              ORGANIZATION.ofServer(),
              Organization.ALL)
          .flatMap(List::stream)
          .toList();

  /// Puts the collectors together.
  ///
  /// @param limit series of a family
  public Scraper scraper(InstantSource clock, int limit) {
    var names = new DeviceNames(devices);
    var meters = new MeterCache(store);
    List<Collector> collectors = new ArrayList<>();
    collectors.add(new Machines(names));
    collectors.add(new FleetMeters(meters, names));
    collectors.add(new Recent(store, meters, names));
    collectors.add(new ActiveSessions(store, names));
    collectors.add(new Calls(events, names));
    collectors.add(new PlanWindows(store, names));
    collectors.add(new Quotas(readings, names::of));
    collectors.add(new Prices(prices, pricesUpdated));
    collectors.addAll(OrganizationExport.collectors(billing, ORGANIZATION, () -> null));
    collectors.addAll(more);
    return new Scraper(FAMILIES, collectors, clock, limit);
  }
}
