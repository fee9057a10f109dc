package dev.claudometer.cli.text;

import dev.claudometer.agent.SyncReport;
import dev.claudometer.json.PrintedJson;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Damage;
import dev.claudometer.model.LimitReading;
import dev.claudometer.source.claudecode.place.Place;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.Told;
import dev.claudometer.usage.Totals;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `doctor` found, as text and as JSON.
///
/// @param places that may hold transcripts, and what became of each
/// @param unknownUsage numbers in answers' usage that are not counted, with how often they came
/// @param deletedFiles transcripts that are gone and live on in the store only
/// @param told calls that telemetry told of
/// @param gaps what transcripts and telemetry prove that the other lacks
/// @param contractRejected what of the organisation's `modelPricing` could not be read
/// @param earlier what is known of the days whose transcripts are gone
/// @param retentionDays after how many days Claude Code deletes transcripts
public record DoctorReport(
    List<Place> places,
    List<String> lookedAt,
    List<String> roots,
    String storeFile,
    Holdings holdings,
    @Nullable TimeRange extent,
    SyncReport sync,
    long deletedFiles,
    Map<String, Totals> byModel,
    Map<String, Long> lineTypes,
    List<String> unknownLineTypes,
    Map<String, Long> unknownFields,
    Map<String, Long> unknownUsage,
    Map<String, Long> versions,
    Told told,
    Gaps gaps,
    List<ActivityCount> activities,
    List<LimitReading> limits,
    Instant now,
    EarlierText earlier,
    int retentionDays,
    boolean retentionConfigured,
    boolean customPrices,
    List<String> contractRejected) {

  private static final int SHOWN = 20;
  private static final int LONG_ENOUGH_DAYS = 365;
  private static final Style STYLE = new Style(0, false, false, null);

  public void print(PrintStream out) {
    Totals all = byModel.values().stream().reduce(Totals.ZERO, Totals::plus);
    out.println("Places");
    places.forEach(place -> out.println("  " + text(place)));
    out.println("Index");
    out.println(
        "  store        "
            + Printable.of(storeFile)
            + " ("
            + STYLE.number(holdings.bytes())
            + " bytes)");
    out.println(
        "  transcripts  "
            + STYLE.number(holdings.files().size())
            + " read, "
            + STYLE.number(deletedFiles)
            + " of them deleted since; this run parsed "
            + STYLE.count(sync.bytesRead(), "byte of ", "bytes of ")
            + STYLE.count(sync.filesRead(), "changed one", "changed ones"));
    out.println(
        "  responses    "
            + STYLE.number(all.responses())
            + " counted, "
            + STYLE.count(holdings.replays(), "replay left out", "replays left out")
            + (holdings.givenWay() == 0
                ? ""
                : ", "
                    + STYLE.number(holdings.givenWay())
                    + " of claude-usage-daemon left out: the transcripts are here"));
    if (extent != null) {
      out.println("  from, to     " + extent.from() + ", " + extent.to().minusMillis(1));
    }
    quality(out, all);
    earlier.print(out);
    retention(out);
    list(out, "Client versions (lines)", versions);
    list(out, "Line types (lines)", lineTypes);
    if (!unknownLineTypes.isEmpty()) {
      out.println("Unknown line types, counted and not read: " + names(unknownLineTypes));
    }
    list(out, "Unknown fields (occurrences)", unknownFields);
    list(out, "Tools (calls)", holdings.tools());
    activities(out);
    limits.forEach(limit -> out.println(text(limit)));
  }

  private String text(LimitReading limit) {
    String window = "Plan window " + Printable.of(limit.window()) + ": ";
    if (limit.over(now)) {
      return window + "has reset at " + limit.resetsAt() + "; how full it is since, is not known";
    }
    return window
        + Math.round(limit.utilization() * 100)
        + " % at "
        + limit.at()
        + (limit.resetsAt() == null ? "" : ", resets at " + limit.resetsAt());
  }

  private static String text(Place place) {
    String path = Printable.of(place.path().toString());
    String homes = place.homes() > 1 ? ", " + place.homes() + " homes" : "";
    return switch (place.state()) {
      case READ -> "read         " + path + " (" + place.what() + homes + ")";
      case NOT_READ ->
          "not read     " + path + " (" + place.what() + homes + "): " + Printable.of(place.why());
      case EMPTY -> "nothing in   " + path + " (" + place.what() + ")";
    };
  }

  private void quality(PrintStream out, Totals all) {
    out.println("Quality");
    double share = all.responses() == 0 ? 0 : 100.0 * all.unfinalised() / all.responses();
    out.println(
        String.format(
            Locale.ROOT,
            "  unfinalised  %s (%.1f %%): no copy has a stop reason; clients 2.0.76 to 2.1.42 and"
                + " old subagents write only the start of the output count",
            STYLE.number(all.unfinalised()),
            share));
    String unpriced =
        byModel.entrySet().stream()
            .filter(model -> model.getValue().unpriced() > 0)
            .map(model -> Printable.of(model.getKey()) + " (" + model.getValue().unpriced() + ")")
            .collect(Collectors.joining(", "));
    out.println(
        "  unpriced     "
            + STYLE.number(all.unpriced())
            + (unpriced.isEmpty()
                ? ""
                : ": " + unpriced + "; 'claudometer prices update' can add prices"));
    out.println("  prices       " + (customPrices ? "updated by you" : "built in"));
    if (!contractRejected.isEmpty()) {
      out.println(
          "  contract     left out, because its rates cannot be read: "
              + contractRejected.stream().map(Printable::of).collect(Collectors.joining(", "))
              + "; ask whoever manages 'modelPricing'");
    }
    if (!unknownUsage.isEmpty()) {
      out.println(
          "  unknown      "
              + unknownUsage.entrySet().stream()
                  .map(field -> Printable.of(field.getKey()) + " (" + field.getValue() + ")")
                  .collect(Collectors.joining(", "))
              + ": of a kind that this version does not know; it may be billed, or at another"
              + " price");
    }
    new WitnessLines(told, gaps).print(out, all.responses());
    List<Damage> damages = damages();
    out.println(
        "  damaged      "
            + STYLE.count(damages.size(), "line, ", "lines, ")
            + STYLE.count(
                damages.stream().mapToLong(Damage::recovered).sum(),
                "intact record recovered from them",
                "intact records recovered from them"));
    damages.stream()
        .limit(SHOWN)
        .forEach(
            damage ->
                out.println(
                    "    "
                        + Printable.of(damage.origin().file())
                        + ":"
                        + damage.origin().offset()
                        + " "
                        + damage.why()
                        + ", "
                        + damage.recovered()
                        + " recovered"));
    if (damages.size() > SHOWN) {
      out.println("    … and " + (damages.size() - SHOWN) + " more ('--json' lists all)");
    }
  }

  private void retention(PrintStream out) {
    if (retentionDays < LONG_ENOUGH_DAYS) {
      out.println(
          "Clean-up: Claude Code deletes transcripts after "
              + STYLE.count(retentionDays, "day", "days")
              + (retentionConfigured ? "" : " (its default)")
              + ". What was read stays in the store: run claudometer at least that often, or raise"
              + " cleanupPeriodDays in settings.json.");
    }
  }

  private void activities(PrintStream out) {
    if (activities.isEmpty()) {
      return;
    }
    out.println("Activity (count, sum)");
    for (ActivityCount activity : activities) {
      boolean time = activity.kind() == ActivityKind.ACTIVE_TIME;
      String name = activity.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      out.println(
          "  "
              + name
              + (activity.name().isEmpty()
                  ? ""
                  : " " + Printable.of(activity.name().replace('|', ' ')))
              + ": "
              + STYLE.number(activity.count())
              + ", "
              + STYLE.number(activity.sum())
              + (time ? " ms" : ""));
    }
  }

  private static void list(PrintStream out, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      out.println(title);
      counts.forEach(
          (name, count) -> out.println("  " + Printable.of(name) + ": " + STYLE.number(count)));
    }
  }

  private static String names(List<String> names) {
    return names.stream().map(Printable::of).collect(Collectors.joining(", "));
  }

  /// By their places: files were read in any order.
  private List<Damage> damages() {
    return holdings.files().stream()
        .flatMap(file -> file.damages().stream())
        .sorted(Comparator.comparing(Damage::origin))
        .toList();
  }

  public void printJson(PrintStream out) {
    Totals all = byModel.values().stream().reduce(Totals.ZERO, Totals::plus);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("places", places.stream().map(DoctorReport::document).toList());
    json.put("lookedAt", lookedAt);
    json.put("roots", roots);
    json.put("store", storeFile);
    json.put("storeBytes", holdings.bytes());
    json.put("transcripts", holdings.files().size());
    json.put("deletedTranscripts", deletedFiles);
    json.put("bytesParsed", sync.bytesRead());
    json.put("transcriptsParsed", sync.filesRead());
    json.put("responses", all.responses());
    json.put("replays", holdings.replays());
    json.put("givenWay", holdings.givenWay());
    json.put("firstResponse", extent == null ? null : extent.from());
    json.put("lastResponse", extent == null ? null : extent.to().minusMillis(1));
    json.put("telemetryGaps", new WitnessLines(told, gaps).document());
    json.put("earlier", earlier.document());
    json.put("unfinalisedResponses", all.unfinalised());
    json.put("unpricedResponses", all.unpriced());
    json.put("unpricedModels", unpricedModels());
    json.put("customPrices", customPrices);
    json.put("contractRejected", contractRejected);
    json.put("retentionDays", retentionDays);
    json.put("damagedLines", damages().stream().map(DoctorReport::document).toList());
    json.put("versions", versions);
    json.put("lineTypes", lineTypes);
    json.put("unknownLineTypes", unknownLineTypes);
    json.put("unknownFields", unknownFields);
    json.put("unknownUsage", unknownUsage);
    json.put("tools", holdings.tools());
    json.put("activities", activities.stream().map(DoctorReport::document).toList());
    json.put("limits", limits.stream().map(DoctorReport::document).toList());
    PrintedJson.print(out, json);
  }

  private Map<String, Long> unpricedModels() {
    var models = new LinkedHashMap<String, Long>();
    byModel.forEach(
        (model, totals) -> {
          if (totals.unpriced() > 0) {
            models.put(model, totals.unpriced());
          }
        });
    return models;
  }

  private static Map<String, @Nullable Object> document(Place place) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", place.path().toString());
    json.put("what", place.what());
    json.put(
        "state",
        switch (place.state()) {
          case READ -> "read";
          case NOT_READ -> "not read";
          case EMPTY -> "nothing there";
        });
    json.put("homes", place.homes());
    json.put("why", place.why().isEmpty() ? null : place.why());
    return json;
  }

  private static Map<String, @Nullable Object> document(Damage damage) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", damage.origin().file());
    json.put("offset", damage.origin().offset());
    json.put("bytes", damage.bytes());
    json.put("why", damage.why());
    json.put("recovered", damage.recovered());
    return json;
  }

  private static Map<String, @Nullable Object> document(ActivityCount activity) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", activity.kind().name().toLowerCase(Locale.ROOT));
    json.put("name", activity.name());
    json.put("count", activity.count());
    json.put("sum", activity.sum());
    return json;
  }

  private static Map<String, @Nullable Object> document(LimitReading limit) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("window", limit.window());
    json.put("utilization", limit.utilization());
    json.put("resetsAt", limit.resetsAt());
    json.put("at", limit.at());
    return json;
  }
}
