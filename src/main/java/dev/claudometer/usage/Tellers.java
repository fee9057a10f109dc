package dev.claudometer.usage;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides between machines that tell of one response.
///
/// A machine answers for its own copies. Copies that were finalised agree on model and tokens,
/// whatever machine they were copied to; those of two machines that do not contradict each other,
/// and then the machine counts that was enrolled first, for its id is the smallest. Neither size
/// nor time decides: whoever knows the ids of a response could make up both.
///
/// The answer depends on what was told, and not on the order in which it came.
public final class Tellers {

  /// The lines of a response are written within it.
  private static final Duration LONGEST_RESPONSE = Duration.ofHours(1);

  private static final Comparator<Told> BY_HOME =
      Comparator.comparing((Told told) -> told.event().progress())
          .thenComparing(told -> told.event().attribution().forked())
          .thenComparing(told -> told.event().attribution().sidechain())
          .thenComparing(Told::device);

  private Tellers() {}

  /// All that one machine tells of a response, joined.
  public record Told(DeviceId device, UsageEvent event) {

    /// Whether another copy of it has to say the same.
    boolean whole() {
      Usage usage = event.usage();
      boolean says = usage.tokens().input() > 0 || usage.tokens().output() > 0;
      return says && usage.finalised() && usage.written() && !event.progress();
    }

    private boolean sameAs(Told other) {
      TokenCounts tokens = event.usage().tokens();
      return tokens.equals(other.event.usage().tokens())
          && event.usage().model().equals(other.event.usage().model());
    }

    private boolean beforeItself() {
      Attribution attribution = event.attribution();
      return !attribution.forked()
          && attribution.at().isBefore(event.completion().at().minus(LONGEST_RESPONSE));
    }

    private boolean before(Told other) {
      return !event.attribution().forked()
          && event
              .attribution()
              .at()
              .isBefore(other.event.attribution().at().minus(LONGEST_RESPONSE));
    }
  }

  /// What counts.
  ///
  /// @param device that it is attributed to
  public record Settled(UsageEvent event, DeviceId device) {}

  /// What counts of what machines tell, each of them once.
  public static Settled settle(List<Told> all) {
    List<Told> agreeing = all.stream().filter(told -> !contradicted(told, all)).toList();
    Told home = agreeing.stream().min(BY_HOME).orElseThrow();
    UsageEvent event = agreeing.stream().map(Told::event).reduce(Copies::join).orElseThrow();
    Told first = first(agreeing);
    UsageEvent base = first == null ? event : first.event();
    return new Settled(
        new UsageEvent(
            event.key(),
            base.completion(),
            base.usage(),
            home.event().attribution(),
            event.progress(),
            base.origin(),
            event.tools()),
        home.device());
  }

  /// Whether a machine's copy contradicts the one that counts: in what was used, or in that it
  /// claims an earlier time for itself.
  public static boolean disputed(Told told, List<Told> all) {
    Told first = first(all);
    boolean earlier = first != null && !told.equals(first) && told.before(first);
    return contradicted(told, all) || told.beforeItself() || earlier;
  }

  private static boolean contradicted(Told told, List<Told> all) {
    Told first = first(all);
    return first != null && told.whole() && !told.sameAs(first);
  }

  private static @Nullable Told first(List<Told> all) {
    return all.stream().filter(Told::whole).min(Comparator.comparing(Told::device)).orElse(null);
  }
}
