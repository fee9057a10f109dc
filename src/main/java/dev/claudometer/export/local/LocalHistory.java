package dev.claudometer.export.local;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Local;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.ToldDay;
import dev.claudometer.report.EarlierDays;
import java.time.Instant;
import java.util.function.Supplier;

/// The tokens of days whose transcripts are gone, as Claude Code's statistics tell them: in no
/// other sum, since they count lines.
record LocalHistory(Supplier<EarlierDays> earlier) implements Collector {

  @Override
  public String source() {
    return "history";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    earlier.get().days().forEach(day -> tokens(into, day));
  }

  private static void tokens(Gathering into, ToldDay day) {
    day.tokens()
        .forEach(
            (model, tokens) ->
                into.add(Local.HISTORY_TOKENS, Exact.of(tokens), model, day.date().toString()));
  }
}
