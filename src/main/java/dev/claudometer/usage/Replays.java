package dev.claudometer.usage;

import dev.claudometer.model.UsageEvent;
import java.util.Comparator;
import java.util.List;

/// Tells real responses from replays among the events of one message id.
///
/// Helper agents (`/btw`, compaction, suggestions) replay their parent's messages under new request
/// ids, and some logs drop the request id. The API gives a message id once, so such events tell of
/// the same response.
public final class Replays {

  private static final Comparator<UsageEvent> EARLIEST =
      Comparator.comparing(UsageEvent::progress)
          .thenComparing(event -> event.key().requestId().isEmpty())
          .thenComparing(UsageEvent::at)
          .thenComparing(event -> event.key().requestId());

  private Replays() {}

  /// The events that count: those of the conversation with a request id; without any, the one
  /// without a request id; without that, the earliest of the sidechains.
  ///
  /// @param sameMessage events with one message id and different request ids
  public static List<UsageEvent> counted(List<UsageEvent> sameMessage) {
    if (sameMessage.size() == 1) {
      return sameMessage;
    }
    List<UsageEvent> conversation =
        sameMessage.stream().filter(event -> !event.attribution().sidechain()).toList();
    List<UsageEvent> requested =
        conversation.stream().filter(event -> !event.key().requestId().isEmpty()).toList();
    if (!requested.isEmpty()) {
      return requested;
    }
    List<UsageEvent> candidates = conversation.isEmpty() ? sameMessage : conversation;
    return candidates.stream().min(EARLIEST).stream().toList();
  }
}
