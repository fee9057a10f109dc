package dev.claudometer.server.web.glance;

import dev.claudometer.report.Drivers;
import dev.claudometer.report.Drivers.Driver;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A part that cost more or less than before, drawn from a middle line.
///
/// @param kind `person`, `project`, `model` or `session`, and `new` or `gone`
/// @param change `+$533.67`
/// @param from where its bar begins, of 100
/// @param length of its bar, of 100
public record Mover(
    String name, String kind, String link, String change, String from, String length, boolean up) {

  private static final int MOST = 6;
  private static final int MOST_OF_A_KIND = 2;
  private static final double HALF = 48;
  private static final long CENT_NANOS = 10_000_000;

  /// Those that moved most, two of a kind.
  ///
  /// @param about a page of the same period
  public static List<Mover> of(Drivers drivers, Subject subject, Figures figures, Address about) {
    Map<String, Integer> seen = new HashMap<>();
    List<Driver> largest =
        drivers.drivers().stream()
            .filter(driver -> Math.abs(driver.change().nanos()) >= CENT_NANOS)
            .filter(driver -> !("/" + driver.kind()).equals(subject.address()))
            .filter(driver -> seen.merge(driver.kind(), 1, Integer::sum) <= MOST_OF_A_KIND)
            .limit(MOST)
            .toList();
    double most =
        largest.stream().mapToDouble(driver -> Math.abs(driver.change().nanos())).max().orElse(1);
    return largest.stream().map(driver -> mover(driver, most, figures, about)).toList();
  }

  private static Mover mover(Driver driver, double most, Figures figures, Address about) {
    long nanos = driver.change().nanos();
    double length = Math.max(0.5, HALF * Math.abs(nanos) / most);
    return new Mover(
        driver.kind().equals("model") ? ModelName.words(driver.key()) : Escaped.name(driver.name()),
        driver.state().equals("changed") ? driver.kind() : driver.kind() + ", " + driver.state(),
        driver.kind().equals("session")
            ? about.at("/session").with("id", driver.key()).text()
            : about.at("/" + driver.kind()).with(driver.kind(), driver.key()).text(),
        figures.signed(driver.change()),
        number(nanos < 0 ? 50 - length : 50),
        number(length),
        nanos > 0);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
