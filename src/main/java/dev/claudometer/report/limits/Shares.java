package dev.claudometer.report.limits;

import dev.claudometer.model.Attribution;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.usage.window.Division;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was used of a window, split by who used it.
record Shares(Division division, List<StoredEvent> events, KnownMachines.Names names) {

  private static final int WHOLE = 10_000;

  /// What somebody used, before it is known how large the whole is.
  private record Holder(String id, String name, String detail, boolean ours) {}

  private record Part(Holder holder, long micros) {}

  /// The largest first, then what is of others.
  List<ShareOfWindow> by(Holding holding) {
    Map<Holder, Long> sums = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      long micros = division.parts().get(i);
      if (micros > 0) {
        sums.merge(holder(holding, events.get(i)), micros, Long::sum);
      }
    }
    List<Part> parts = new ArrayList<>();
    sums.forEach((holder, micros) -> parts.add(new Part(holder, micros)));
    parts.sort(
        Comparator.comparingLong(Part::micros)
            .reversed()
            .thenComparing(part -> part.holder().id()));
    add(parts, "foreign", "Not from these machines", division.foreignMicros());
    add(parts, "before", "Before what is stored", division.before());
    return shares(parts);
  }

  private static void add(List<Part> parts, String id, String name, long micros) {
    if (micros > 0) {
      parts.add(new Part(new Holder(id, name, "", false), micros));
    }
  }

  /// Each by where its end falls among all: so the basis points come to the whole.
  private List<ShareOfWindow> shares(List<Part> parts) {
    List<ShareOfWindow> shares = new ArrayList<>();
    long sum = 0;
    for (Part part : parts) {
      long before = points(sum);
      sum += part.micros();
      Holder holder = part.holder();
      shares.add(
          new ShareOfWindow(
              holder.id(),
              holder.name(),
              holder.detail(),
              holder.ours(),
              part.micros() / 1e6,
              (int) (points(sum) - before)));
    }
    return shares;
  }

  private long points(long micros) {
    return Math.round((double) micros * WHOLE / division.used());
  }

  private Holder holder(Holding holding, StoredEvent stored) {
    Attribution of = stored.event().attribution();
    String device = names.device(stored.device());
    String project = names.project(of.project());
    return switch (holding) {
      case SESSION ->
          new Holder(
              of.session().text(),
              of.session().text(),
              device.isEmpty() ? project : project + ", " + device,
              true);
      case DEVICE ->
          new Holder(stored.device().text(), device.isEmpty() ? "this machine" : device, "", true);
      case PROJECT -> new Holder(of.project().text(), project, "", true);
      case AGENT -> named(agent(of));
      case PROGRAM -> named(Uses.cowork(stored) ? "Cowork: " + of.session().text() : "Claude Code");
    };
  }

  private static Holder named(String name) {
    return new Holder(name, name, "", true);
  }

  private static String agent(Attribution of) {
    if (of.agent().isEmpty() && !of.sidechain()) {
      return "Main conversation";
    }
    return of.work().agent().isEmpty() ? "Subagent" : of.work().agent();
  }
}
