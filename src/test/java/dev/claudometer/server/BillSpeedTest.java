package dev.claudometer.server;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BillSpeedTest {
  @Test
  void speed() throws Exception {
    Path file = Path.of("/tmp/prof/bill.db");
    boolean made = Files.exists(file);
    try (var server =
        new TestServer(SqliteStore.database(file, Durability.PROCESS), TestServer.Setup.USUAL)) {
      Instant now = Instant.parse("2026-11-20T12:00:00Z");
      server.clock(now);
      if (!made) fill(server, now);
      String cookie = server.login("ada" + System.nanoTime(), Role.ADMIN);
      for (int i = 0; i < 30; i++) {
        long t = System.nanoTime(); long c = cpu();
        var a = server.get("/organization?from=2025-11-20&to=2026-11-20", "Cookie", cookie);
        System.out.println(
            "org "
                + a.statusCode()
                + " "
                + a.body().length()
                + " "
                + (System.nanoTime() - t) / 1_000_000
                + " ms cpu " + (cpu() - c) / 1000000);
      }
      var year =
          new dev.claudometer.store.TimeRange(
              Instant.parse("2025-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));
      for (int i = 0; i < 3; i++) {
        time(
            "cost day",
            () ->
                server.billing.sums(
                    BilledReport.COST, year, java.time.Duration.ofDays(1), java.util.Set.of()));
        time(
            "cost day model",
            () ->
                server.billing.sums(
                    BilledReport.COST,
                    year,
                    java.time.Duration.ofDays(1),
                    java.util.Set.of(BilledDimension.MODEL)));
        time(
            "msg day model",
            () ->
                server.billing.sums(
                    BilledReport.MESSAGES,
                    year,
                    java.time.Duration.ofDays(1),
                    java.util.Set.of(BilledDimension.MODEL)));
        time(
            "msg key",
            () ->
                server.billing.sums(
                    BilledReport.MESSAGES, year, java.util.Set.of(BilledDimension.API_KEY)));
        time(
            "cost desc",
            () ->
                server.billing.sums(
                    BilledReport.COST, year, java.util.Set.of(BilledDimension.DESCRIPTION)));
        time(
            "known",
            () -> {
              for (var r : BilledReport.values()) server.billing.known(r);
              return null;
            });
        time(
            "revised",
            () -> {
              for (var r : BilledReport.values())
                server.billing.revised(r, dev.claudometer.store.TimeRange.ALL);
              return null;
            });
        time("entries", () -> server.billing.entries());
      }
      for (String q : List.of("table=compared&as=csv", "table=messages-api_key&as=csv")) {
        long t = System.nanoTime(); long c = cpu();
        var a = server.get("/organization?from=2025-11-20&to=2026-11-20&" + q, "Cookie", cookie);
        System.out.println(
            q + " " + a.body().length() + " " + (System.nanoTime() - t) / 1_000_000 + " ms cpu " + (cpu() - c) / 1000000);
      }
    }
  }

  private static long cpu() { return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(); }

  private static void time(String name, java.util.function.Supplier<Object> work) {
    long t = System.nanoTime(); long c = cpu();
    Object o = work.get();
    System.out.println(
        "org "
            + name
            + " "
            + (o instanceof java.util.Collection<?> l ? l.size() : 0)
            + " "
            + (System.nanoTime() - t) / 1000
            + " us cpu " + (cpu() - c) / 1000);
  }

  private static void fill(TestServer server, Instant now) {
    for (int day = 0; day < 366; day++) {
      List<BilledBucket> buckets = new ArrayList<>();
      Instant at = Instant.parse("2025-11-20T00:00:00Z").plusSeconds(day * 86400L);
      List<BilledBucket.Line> cost = new ArrayList<>();
      for (int ws = 0; ws < 10; ws++)
        for (int m = 0; m < 8; m++)
          for (int k = 0; k < 3; k++)
            cost.add(
                new BilledBucket.Line(
                    new BilledGroup(
                        Map.of(
                            BilledDimension.WORKSPACE,
                            ws == 0 ? "" : "ws" + ws,
                            BilledDimension.MODEL,
                            "claude-model-" + m,
                            BilledDimension.DESCRIPTION,
                            "model " + m + " kind " + k)),
                    new BilledAmounts(Map.of(Measure.COST, 1_000_000L * (ws + m + k + day)))));
      buckets.add(new BilledBucket(BilledReport.COST, at, at.plusSeconds(86400), now, cost));
      List<BilledBucket.Line> cc = new ArrayList<>();
      for (int p = 0; p < 30; p++)
        cc.add(
            new BilledBucket.Line(
                new BilledGroup(
                    Map.of(
                        BilledDimension.ACTOR,
                        "person" + p + "@x.example",
                        BilledDimension.MODEL,
                        "claude-model-" + p % 8)),
                new BilledAmounts(
                    Map.of(
                        Measure.COST,
                        1_000L * p,
                        Measure.INPUT,
                        5L,
                        Measure.OUTPUT,
                        6L,
                        Measure.CACHE_READ,
                        7L,
                        Measure.CACHE_WRITE_5M,
                        8L))));
      buckets.add(
          new BilledBucket(BilledReport.CLAUDE_CODE_MODELS, at, at.plusSeconds(86400), now, cc));
      for (int h = 0; h < 24; h++) {
        List<BilledBucket.Line> lines = new ArrayList<>();
        for (int k = 0; k < 20; k++)
          lines.add(
              new BilledBucket.Line(
                  new BilledGroup(
                      Map.of(
                          BilledDimension.API_KEY,
                          "apikey_" + (k + h * 2) % 60,
                          BilledDimension.WORKSPACE,
                          "ws" + k % 10,
                          BilledDimension.MODEL,
                          "claude-model-" + k % 8,
                          BilledDimension.SERVICE_TIER,
                          "standard",
                          BilledDimension.CONTEXT_WINDOW,
                          "0-200k")),
                  new BilledAmounts(
                      Map.of(
                          Measure.INPUT,
                          100L,
                          Measure.OUTPUT,
                          60L,
                          Measure.CACHE_READ,
                          7000L,
                          Measure.CACHE_WRITE_5M,
                          80L,
                          Measure.CACHE_WRITE_1H,
                          1L,
                          Measure.WEB_SEARCHES,
                          0L))));
        buckets.add(
            new BilledBucket(
                BilledReport.MESSAGES,
                at.plusSeconds(h * 3600L),
                at.plusSeconds(h * 3600L + 3600),
                now,
                lines));
      }
      server.billing.put(buckets, Poll.first("adminapi/messages"));
    }
  }
}
