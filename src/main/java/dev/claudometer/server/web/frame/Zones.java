package dev.claudometer.server.web.frame;

import java.time.ZoneId;
import java.util.List;

/// The time zones that can be chosen.
public final class Zones {

  public static final List<String> ALL =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone -> zone.equals("UTC") || zone.matches("(?!Etc|SystemV)[A-Z][A-Za-z]+/.*"))
          .sorted()
          .toList();

  private Zones() {}
}
