package dev.claudometer.cli.text;

import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.Told;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `doctor` says of the two witnesses of responses: how many each tells of, and what it lacks.
record WitnessLines(Told told, Gaps gaps) {

  private static final Style STYLE = new Style(0, false, false, null);

  void print(PrintStream out, long responses) {
    if (!told.equals(Told.NONE)) {
      telemetry(out, responses);
    }
    gaps(out);
  }

  private void telemetry(PrintStream out, long responses) {
    long written = Math.max(0, responses - told.joined() - told.alone());
    out.println(
        "  telemetry    "
            + STYLE.number(told.joined())
            + " responses are told by transcript and telemetry, "
            + STYLE.number(written)
            + " by a transcript alone, "
            + STYLE.number(told.alone())
            + " by telemetry alone"
            + (told.held() == 0
                ? ""
                : "; "
                    + STYLE.count(told.held(), "call is", "calls are")
                    + " held back and not counted, because nothing tells which response "
                    + (told.held() == 1 ? "it is" : "they are")));
  }

  private void gaps(PrintStream out) {
    gap(out, gaps.eventsLost(), "event was", "events were", "sent and never came");
    gap(
        out,
        gaps.withoutEvent(),
        "finished response has",
        "finished responses have",
        "no event, though their session has others");
    gap(
        out,
        gaps.withoutTranscript(),
        "call of a conversation has",
        "calls of conversations have",
        "no transcript: it was deleted, is elsewhere, or was never written");
    gap(
        out,
        gaps.transcriptsDeleted(),
        "transcript was",
        "transcripts were",
        "deleted by Claude Code's clean-up");
  }

  private static void gap(PrintStream out, long count, String one, String many, String what) {
    if (count > 0) {
      out.println("    " + STYLE.count(count, one, many) + " " + what);
    }
  }

  Map<String, Long> document() {
    var json = new LinkedHashMap<String, Long>();
    json.put("eventsLost", gaps.eventsLost());
    json.put("withoutEvent", gaps.withoutEvent());
    json.put("withoutTranscript", gaps.withoutTranscript());
    json.put("transcriptsDeleted", gaps.transcriptsDeleted());
    return json;
  }
}
