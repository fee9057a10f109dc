package dev.claudometer.cli.usage;

import dev.claudometer.cli.options.StatuslineOptions.CostSource;
import dev.claudometer.cli.text.Style;
import dev.claudometer.cli.text.status.StatusInput;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.source.claudecode.ForkSign;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the status line says that a session cost: what Claude Code says, unless that holds what
/// another session cost before this one was forked from it; else what its transcripts say.
///
/// @param homes where its transcript is, should Claude Code not say where
record SessionCost(CostSource source, StatusInput input, List<ClaudeHome> homes) {

  private static final Style PLAIN = new Style(0, false, false, null);

  /// In words, like `$0.25` or `($0.25 cc / $0.23 ccusage)`; null where nobody says.
  @Nullable String text(Sums store) {
    if (input.session().equals(SessionId.NONE)) {
      return text();
    }
    Usd said = input.cost();
    return switch (source) {
      case CC -> text();
      case CCUSAGE -> PLAIN.dollars(counted(store));
      case AUTO -> PLAIN.dollars(said == null || fork() ? counted(store) : said);
      case BOTH ->
          "("
              + (said == null ? "" : PLAIN.dollars(said) + " cc / ")
              + PLAIN.dollars(counted(store))
              + " ccusage)";
    };
  }

  /// The same where the store cannot be asked.
  @Nullable String text() {
    Usd said = input.cost();
    boolean other = source == CostSource.CCUSAGE || (source == CostSource.AUTO && fork());
    return said == null || other ? null : PLAIN.dollars(said);
  }

  private boolean fork() {
    return ForkSign.on(transcript(), input.session());
  }

  private String transcript() {
    if (!input.transcript().isEmpty() && new File(input.transcript()).isFile()) {
      return input.transcript();
    }
    return homes.stream()
        .map(home -> home.transcript(input.session()))
        .filter(Objects::nonNull)
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }

  private Usd counted(Sums store) {
    return store
        .sums(TimeRange.ALL, Where.of(Dimension.SESSION, input.session().text()), Set.of())
        .stream()
        .map(Slice::totals)
        .reduce(Totals.ZERO, Totals::plus)
        .cost(CostMode.AUTO);
  }
}
