package dev.claudometer.app.export;

import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.export.prometheus.ScrapeListener;
import dev.claudometer.export.prometheus.Scrapes;
import dev.claudometer.export.scrape.Scraper;
import java.io.IOException;
import java.net.InetAddress;

/// Where Prometheus finds an exporter.
final class ScrapePort {

  private ScrapePort() {}

  /// Starts to listen, and says where.
  ///
  /// @param port 0 for any free one
  static ScrapeListener open(
      Surroundings surroundings, Scraper scraper, InetAddress address, int port) {
    try {
      ScrapeListener listener = ScrapeListener.start(new Scrapes(scraper::scrape), address, port);
      surroundings
          .out()
          .println(
              "Claudometer exports to http://"
                  + address.getHostAddress()
                  + ":"
                  + listener.port()
                  + "/metrics");
      surroundings.out().flush();
      return listener;
    } catch (IOException failure) {
      throw new Failed(
          "cannot listen on port "
              + port
              + ": is another exporter running there? Choose another --port",
          failure);
    }
  }
}
