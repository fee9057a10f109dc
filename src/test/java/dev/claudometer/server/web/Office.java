package dev.claudometer.server.web;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry.Deed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// People with machines, plan windows and a bill, for pages to show.
///
/// @param now it ends then
public record Office(TestServer server, Instant now) {

  static final List<String> PEOPLE =
      List.of(
          "Ada Okafor",
          "Chiara Moretti",
          "Priya Raghunathan-Venkatasubramanian of the department of very long names",
          "Dmitri Volkov",
          "ليلى حداد",
          "<b>Ben</b>");

  private static final List<String> MODELS =
      List.of("claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5");
  private static final Duration DAY = Duration.ofDays(1);

  /// Each person uses each model once a day: what is billed is what was counted, less what plans
  /// cover, and what a key without an agent used.
  ///
  /// @param days how far back
  void open(int days) {
    Map<BilledReport, List<BilledBucket>> bill = new EnumMap<>(BilledReport.class);
    bill.put(BilledReport.COST, new ArrayList<>());
    bill.put(BilledReport.MESSAGES, new ArrayList<>());
    bill.put(BilledReport.CLAUDE_CODE, new ArrayList<>());
    Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    for (int person = 0; person < PEOPLE.size(); person++) {
      people(person, first, days);
    }
    for (int day = 0; day < days; day++) {
      bill(bill, first.plus(Duration.ofDays(day)), day);
    }
    bill.forEach((report, buckets) -> server.billing.put(buckets, polled(report)));
    server.billing.name(
        List.of(
            new OrganizationEntry(Kind.API_KEY, "k1", "claude_code_key_ada", "", "", "", ""),
            new OrganizationEntry(Kind.API_KEY, "k2", "ci-nightly", "", "", "", ""),
            new OrganizationEntry(Kind.WORKSPACE, "w1", "<i>Loom", "", "", "", "")),
        Poll.first("names"));
    server.sightings.flush();
  }

  private Poll polled(BilledReport report) {
    return Poll.first("adminapi/" + report.name().toLowerCase(java.util.Locale.ROOT));
  }

  private void people(int person, Instant first, int days) {
    String name = PEOPLE.get(person);
    String key = machine("mbp-" + person, name);
    var elements = new ArrayList<String>();
    for (int day = 0; day < days; day++) {
      Instant at = first.plus(Duration.ofDays(day)).plus(Duration.ofHours(9L + person));
      for (String model : MODELS) {
        elements.add(
            Visit.usage(
                person + "-" + day + model,
                at.toString(),
                "s-" + person + "-" + day,
                "-home-ada-" + List.of("loom", "atlas", "ferry").get((person + day) % 3),
                model,
                1_000L + 37 * person + 211L * (day % 5)));
      }
    }
    var visit = new Visit(server);
    for (int from = 0; from < elements.size(); from += 300) {
      visit.deliver(
          key,
          elements.subList(from, Math.min(elements.size(), from + 300)).toArray(String[]::new));
    }
    visit.deliver(key, windows(person).toArray(String[]::new));
  }

  String machine(String name, String owner) {
    String key = server.device(name);
    Device device =
        server.registry.devices().list().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    server.registry.change(
        new Deed("test", "", "device.change", name, "", now),
        () -> {
          server
              .registry
              .devices()
              .update(
                  new Device(
                      device.id(),
                      name,
                      device.hostname(),
                      owner,
                      device.enrolledAt(),
                      device.lastSeen(),
                      device.agent(),
                      false,
                      null));
          return device;
        });
    return key;
  }

  /// Every two hours of five days a reading that is a little fuller, from the last reset on: the
  /// first person's week is nearly full.
  List<String> windows(int person) {
    var readings = new ArrayList<String>();
    for (int hour = 120; hour >= 0; hour -= 2) {
      Instant at = now.minus(Duration.ofHours(hour)).minusSeconds(60);
      int since = Math.floorMod(48 - hour + 12 * person, 168);
      double week = Math.min(0.99, (since + 12) / (72.0 + 25 * person));
      readings.add(
          reading(
              "seven_day",
              week,
              at.plus(Duration.ofHours(168 - since)).truncatedTo(ChronoUnit.HOURS),
              at));
    }
    if (person % 2 == 0) {
      readings.add(
          reading("five_hour", 0.83 - person * 0.2, now.plusSeconds(5_400), now.minusSeconds(300)));
      readings.add(reading("weekly_scoped:Fable", 0.4, now.plus(DAY), now.minusSeconds(700)));
    }
    return readings;
  }

  private static String reading(String window, double used, Instant resets, Instant at) {
    return "{\"type\":\"limit\",\"window\":\"%s\",\"utilization\":%s,\"resetsAt\":\"%s\",\"at\":\"%s\",\"origin\":\"statusline\"}"
        .formatted(window, used, resets, at);
  }

  private void bill(Map<BilledReport, List<BilledBucket>> bill, Instant day, int number) {
    var costs = new ArrayList<Line>();
    var tokens = new ArrayList<Line>();
    for (String model : MODELS) {
      for (String key : List.of("k1", "k2")) {
        tokens.add(
            new Line(
                new BilledGroup(
                    Map.of(
                        BilledDimension.API_KEY, key,
                        BilledDimension.ACCOUNT, "",
                        BilledDimension.WORKSPACE, "w1",
                        BilledDimension.MODEL, model,
                        BilledDimension.SERVICE_TIER, "standard",
                        BilledDimension.CONTEXT_WINDOW, "0-200k",
                        BilledDimension.INFERENCE_GEO, "global")),
                new BilledAmounts(
                    Map.of(
                        Measure.INPUT, 1_000L,
                        Measure.OUTPUT, 4_000L + 100L * (number % 7),
                        Measure.CACHE_READ, 10_000L,
                        Measure.CACHE_WRITE_5M, 0L,
                        Measure.CACHE_WRITE_1H, 0L))));
      }
      costs.add(
          new Line(
              new BilledGroup(
                  Map.of(
                      BilledDimension.WORKSPACE,
                      "w1",
                      BilledDimension.MODEL,
                      model,
                      BilledDimension.DESCRIPTION,
                      "Usage of " + model,
                      BilledDimension.COST_TYPE,
                      "tokens")),
              new BilledAmounts(
                  Map.of(
                      Measure.COST,
                      new BigDecimal("0.21")
                          .add(new BigDecimal("0.01").multiply(BigDecimal.valueOf(number % 7)))
                          .movePointRight(9)
                          .longValueExact()))));
    }
    bill.get(BilledReport.COST).add(bucket(BilledReport.COST, day, costs));
    bill.get(BilledReport.MESSAGES).add(bucket(BilledReport.MESSAGES, day, tokens));
    bill.get(BilledReport.CLAUDE_CODE).add(bucket(BilledReport.CLAUDE_CODE, day, List.of()));
  }

  private BilledBucket bucket(BilledReport report, Instant day, List<Line> lines) {
    return new BilledBucket(report, day, day.plus(DAY), now, lines);
  }
}
