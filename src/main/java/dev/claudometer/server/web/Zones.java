package dev.claudometer.server.web;

import java.time.ZoneId;
import java.util.List;

/// The time zones that can be chosen.
final class Zones {

  static final List<String> ALL =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone -> zone.equals("UTC") || zone.matches("(?!Etc|SystemV)[A-Z][A-Za-z]+/.*"))
          .sorted()
          .toList();

  private Zones() {}
}
