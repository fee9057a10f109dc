package dev.claudometer.usage;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one session, or the service where it was asked, says of a window now, and how much of what
/// others say that disproves.
final class LimitVoice {

  private LimitStretch stretch;
  private Instant last;

  /// The word was true at this time or before it: a status line repeats it without asking.
  private Instant known;

  /// Higher words that were known at this time or before do not hold any more.
  private Instant proof = Instant.MIN;

  /// How often the word has risen since the window began.
  private int rises;

  LimitVoice(LimitStretch stretch) {
    this.stretch = stretch;
    last = stretch.reading().at();
    known = last;
    hear(last);
  }

  /// Takes what it says next.
  void say(LimitStretch next, Instant at) {
    if (compare(next, known, stretch, known) != 0) {
      change(next);
    }
    stretch = next;
    hear(at);
  }

  private void change(LimitStretch next) {
    Instant since = next.reading().at().isAfter(last) ? next.reading().at() : last;
    boolean fell = compare(next, since, stretch, known) < 0;
    if (fell) {
      proof = since;
    }
    rises = fell || !sameWindow(next) ? 0 : rises + 1;
    if (rises > 1) {
      // what it said before was an answer of its own too, so both are later than what is higher
      proof = known.isAfter(proof) ? known : proof;
    }
    known = since;
  }

  private boolean sameWindow(LimitStretch next) {
    Instant resetsAt = stretch.reading().resetsAt();
    return resetsAt != null && resetsAt.equals(next.reading().resetsAt());
  }

  private void hear(Instant at) {
    last = at;
    if (stretch.reading().asked()) {
      known = at;
      proof = at;
    }
  }

  LimitReading reading() {
    return stretch.reading();
  }

  /// Whether it speaks of a later window than another, or the same fuller; among equals the one
  /// that was heard last.
  int compareTo(LimitVoice other) {
    int order = compare(stretch, known, other.stretch, other.known);
    int heard = order == 0 ? last.compareTo(other.last) : order;
    int named = heard == 0 ? reading().origin().compareTo(other.reading().origin()) : heard;
    return named == 0 ? reading().session().compareTo(other.reading().session()) : named;
  }

  boolean disproves(LimitVoice other) {
    return !other.known.isAfter(proof) && compare(stretch, known, other.stretch, other.known) < 0;
  }

  private static int compare(LimitStretch one, Instant known, LimitStretch other, Instant then) {
    int windows = end(one, known).compareTo(end(other, then));
    return windows == 0
        ? Double.compare(one.reading().utilization(), other.reading().utilization())
        : windows;
  }

  /// A window of which nobody says when it ends ran at least when it was told of.
  private static Instant end(LimitStretch stretch, Instant known) {
    @Nullable Instant resetsAt = stretch.reading().resetsAt();
    return resetsAt == null ? known : resetsAt;
  }
}
