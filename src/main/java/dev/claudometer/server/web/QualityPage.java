package dev.claudometer.server.web;

import dev.claudometer.report.QualityAnswers.DataQuality;
import dev.claudometer.report.QualityAnswers.DeviceQuality;
import dev.claudometer.report.QualityAnswers.TelemetryQuality;
import dev.claudometer.report.QualityAnswers.UnknownName;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What could not be read, finished or priced, and what is new in transcripts.
final class QualityPage {

  private static final String INTRO =
      "Unfinalised responses are those whose last line, with the final count, was never written;"
          + " unpriced ones are of models without a known price. Given way are responses that"
          + " claude-usage-daemon sent without message ids: they do not count since the transcript"
          + " of their session has come. Instants come from the devices: where a clock is wrong, so"
          + " are they.";

  private final Reports reports;
  private final Api api;

  QualityPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page("/quality", Access.FLEET, "What could not be read or priced", this::show));
  }

  private Reply show(Call call) {
    DataQuality quality = api.quality().quality();
    return reports.page(
        call,
        "Data quality",
        "/quality",
        "report",
        List.of(
            devices(quality),
            telemetry(quality),
            disagreements(quality),
            unknown(quality),
            contract(quality)),
        Map.of(
            "intro",
            INTRO,
            "cards",
            List.of(
                new Card("Responses", Figures.count(quality.responses()), ""),
                new Card("Unfinalised", share(quality.unfinalised(), quality.responses()), ""),
                new Card("Unpriced", share(quality.unpriced(), quality.responses()), ""))));
  }

  private static Table devices(DataQuality quality) {
    return Table.of(
        "quality",
        "Devices",
        List.of(
            Column.text("device", "Device"),
            Column.number("responses", "Responses"),
            Column.number("unfinalised", "Unfinalised"),
            Column.number("files", "Files"),
            Column.number("damagedLines", "Damaged lines"),
            Column.number("damagedBytes", "Their bytes"),
            Column.number("recovered", "Recovered records"),
            Column.number("givenWay", "Given way"),
            Column.number("disputed", "Disputed"),
            Column.number("clockAheadSeconds", "Clock")),
        quality.devices().stream().map(QualityPage::device).toList(),
        "No device is enrolled yet: “Devices” shows how.");
  }

  private static List<Cell> device(DeviceQuality device) {
    return List.of(
        Cell.name(device.name()),
        Cell.count(device.responses()),
        new Cell(
            share(device.unfinalised(), device.responses()), device.unfinalised(), "", List.of()),
        Cell.count(device.files()),
        Cell.count(device.damagedLines()),
        Cell.count(device.damagedBytes()),
        Cell.count(device.recovered()),
        Cell.count(device.givenWay()),
        Cell.count(device.disputed()),
        clock(device.clockAheadSeconds()));
  }

  /// The way of a delivery takes up to a second, and its instant is told in whole ones.
  private static Cell clock(@Nullable Long ahead) {
    if (ahead == null) {
      return Cell.unknown();
    }
    String shown =
        Math.abs(ahead) <= 2
            ? "right"
            : Figures.count(Math.abs(ahead)) + " s " + (ahead > 0 ? "ahead" : "behind");
    return new Cell(shown, ahead, "", List.of());
  }

  private static Table telemetry(DataQuality quality) {
    return Table.of(
        "telemetry",
        "Told by transcript and by telemetry",
        List.of(
            Column.text("device", "Device"),
            Column.number("both", "Both"),
            Column.number("transcriptOnly", "Transcript only"),
            Column.number("telemetryOnly", "Telemetry only"),
            Column.number("heldBack", "Held back"),
            Column.number("withoutEvent", "Event missing"),
            Column.number("eventsLost", "Events lost"),
            Column.number("withoutTranscript", "Transcript missing"),
            Column.number("transcriptsDeleted", "Transcripts deleted")),
        quality.devices().stream().flatMap(QualityPage::telemetry).toList(),
        "No device has sent telemetry: what transcripts lack (compaction, web searches, side"
            + " questions) is unknown.");
  }

  private static Stream<List<Cell>> telemetry(DeviceQuality device) {
    TelemetryQuality told = device.telemetry();
    return told == null
        ? Stream.of()
        : Stream.of(
            List.of(
                Cell.name(device.name()),
                Cell.count(told.both()),
                Cell.count(told.transcriptOnly()),
                Cell.count(told.telemetryOnly()),
                Cell.count(told.heldBack()),
                Cell.count(told.gaps().withoutEvent()),
                Cell.count(told.gaps().eventsLost()),
                Cell.count(told.gaps().withoutTranscript()),
                Cell.count(told.gaps().transcriptsDeleted())));
  }

  private static Table disagreements(DataQuality quality) {
    return Table.of(
        "disagreements",
        "Responses that two devices tell differently",
        List.of(
            Column.text("message", "Response"),
            Column.text("counted", "Counts"),
            Column.number("countedTokens", "Its tokens"),
            Column.text("other", "Does not count"),
            Column.number("otherTokens", "Its tokens"),
            Column.text("otherAt", "Says it was at")),
        quality.disagreements().stream()
            .map(
                each ->
                    List.of(
                        Cell.name(each.message()),
                        Cell.name(each.counted()),
                        Cell.count(each.countedTokens()),
                        Cell.name(each.other()),
                        Cell.count(each.otherTokens()),
                        Cell.name(each.otherAt().toString())))
            .toList(),
        "None: wherever several devices tell of one response, they agree.");
  }

  private static Table unknown(DataQuality quality) {
    return Table.of(
        "unknown",
        "Unknown in transcripts",
        List.of(
            Column.text("device", "Device"),
            Column.text("kind", "What"),
            Column.text("unknown", "Name"),
            Column.number("count", "How often")),
        quality.unknown().stream().map(QualityPage::unknown).toList(),
        "Nothing: all types of lines and all fields are known.");
  }

  private static Table contract(DataQuality quality) {
    return Table.of(
        "contract",
        "Left out of the contract (modelPricing)",
        List.of(Column.text("model", "Row")),
        quality.contractRejected().stream().map(row -> List.of(Cell.name(row))).toList(),
        "Nothing: each row has rates that can be read, or there is no contract.");
  }

  private static List<Cell> unknown(UnknownName unknown) {
    return List.of(
        Cell.name(unknown.name()),
        new Cell(
            unknown.kind().equals("line") ? "type of line" : "field",
            unknown.kind(),
            "",
            List.of()),
        Cell.name(unknown.unknown()),
        Cell.count(unknown.count()));
  }

  private static String share(long part, long responses) {
    return responses == 0
        ? Figures.count(part)
        : String.format(Locale.ROOT, "%,d (%.1f %%)", part, 100.0 * part / responses);
  }
}
