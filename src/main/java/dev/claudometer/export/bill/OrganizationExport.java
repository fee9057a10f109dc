package dev.claudometer.export.bill;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Organization;
import dev.claudometer.metric.OrganizationPeer;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.bill.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an exporter tells of an organisation's bill.
///
/// @param namespace that the names of claude-prometheus-exporter's families begin with
/// @param asking how it asks
/// @param lastRound how long this process asked last; null before the first time
/// @param more what else this process tells
public record OrganizationExport(
    Billing billing,
    String namespace,
    Asking asking,
    Supplier<@Nullable Duration> lastRound,
    LongSupplier bytes,
    String version,
    List<Collector> more) {

  public static final String USUAL_NAMESPACE = OrganizationPeer.USUAL;

  /// How Anthropic is asked.
  ///
  /// @param pause between two rounds
  /// @param since how far back history is asked for
  public record Asking(Duration pause, Instant since) {}

  /// Whether no two families would have the same name.
  public static boolean free(String namespace) {
    Set<String> names = new HashSet<>();
    return Organization.exported(OrganizationPeer.in(namespace)).stream()
        .map(Family::name)
        .allMatch(names::add);
  }

  /// Puts the collectors together.
  public Scraper scraper(InstantSource clock) {
    OrganizationPeer peer = OrganizationPeer.in(namespace);
    List<Collector> collectors = new ArrayList<>(collectors(billing, peer, lastRound));
    collectors.add(new Self(this, peer));
    collectors.addAll(more);
    return new Scraper(Organization.exported(peer), collectors, clock, Scraper.USUAL_LIMIT);
  }

  public static List<Collector> collectors(
      Billing billing, OrganizationPeer peer, Supplier<@Nullable Duration> lastRound) {
    var cache = new BillCache(billing);
    var totals = new BillTotals(cache, peer);
    return List.of(
        totals,
        new BillToday(cache, peer, totals),
        new CodeBill(cache),
        new PollHealth(cache, lastRound));
  }

  /// What the exporter tells of itself.
  private record Self(OrganizationExport export, OrganizationPeer peer) implements Collector {

    @Override
    public String source() {
      return "exporter";
    }

    @Override
    public void collect(Gathering into, Instant now) {
      into.add(Own.BUILD_INFO, Exact.of(1), export.version());
      into.add(Own.DATABASE_BYTES, Exact.of(export.bytes().getAsLong()));
      into.add(
          peer.exporterInfo(),
          Exact.of(1),
          export.version(),
          String.valueOf(export.asking().pause().toSeconds()),
          "since " + export.asking().since());
    }
  }
}
