package dev.claudometer.server.api;

import dev.claudometer.export.fleet.FleetExport;
import dev.claudometer.export.prometheus.Scrapes;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.reconcile.Reconciler;
import dev.claudometer.server.api.devices.Intakes;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Answers Prometheus.
final class MetricsApi {

  private static final String SUMMARY = "What all machines used, as Prometheus reads it";

  private final Scrapes scrapes;

  MetricsApi(Scraper scraper) {
    scrapes = new Scrapes(scraper::scrape);
  }

  /// What is told of everything that is stored, and of this process.
  static Scraper scraper(
      Options options, Intakes intakes, Reconciler reconciler, SealWatch sealed) {
    Options.Stores stores = options.stores();
    Options.Running running = options.running();
    List<Collector> more = new ArrayList<>(running.collectors());
    more.add(new ProcessMetrics(intakes, stores, running.version()));
    more.add(new ReconcileMetrics(stores, reconciler, sealed));
    var fleet =
        new FleetExport(
            stores.usage(),
            stores.usage(),
            stores.readings(),
            stores.billing(),
            () -> stores.registry().devices().list(),
            options.pricing().book(),
            options.pricing().updated(),
            more);
    return fleet.scraper(running.clock(), Scraper.USUAL_LIMIT);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/metrics", Access.METRICS, SUMMARY, this::scrape),
        Route.get("/api/metrics", Access.METRICS, SUMMARY, this::scrape));
  }

  private Object scrape(Call call) {
    try {
      Scrapes.Answer answer =
          scrapes.answer(
              call.header("Accept"), call.header("Accept-Encoding"), call.queries("name[]"));
      Map<String, String> headers = new HashMap<>();
      headers.put("Content-Type", answer.contentType());
      headers.put("Content-Length", Integer.toString(answer.length()));
      headers.put("Vary", "Accept, Accept-Encoding");
      if (answer.gzip()) {
        headers.put("Content-Encoding", "gzip");
      }
      return new Reply(200, headers, answer.body());
    } catch (Scrapes.BadName wrong) {
      throw Problem.of(422, String.valueOf(wrong.getMessage()));
    }
  }
}
