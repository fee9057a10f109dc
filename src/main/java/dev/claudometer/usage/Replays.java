package dev.claudometer.usage;

import dev.claudometer.model.UsageEvent;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells real responses from replays among the events of one message id.
///
/// Helper agents (`/btw`, compaction, suggestions) replay their parent's messages under new request
/// ids, and some logs drop the request id. The API gives a message id once, so such events tell of
/// the same response. A relay may give one id to every answer: where the conversation itself has it
/// under several requests, it tells nothing, and each request is a response.
public final class Replays {

  private static final Comparator<UsageEvent> EARLIEST =
      Comparator.comparing(UsageEvent::progress)
          .thenComparing(event -> event.key().requestId().isEmpty())
          .thenComparing(UsageEvent::at)
          .thenComparing(event -> event.key().requestId());

  private Replays() {}

  /// The events that count: those of the conversation with a request id; without any, the one
  /// without a request id; without that, the earliest of the sidechains. The parts of a response
  /// count where it does.
  ///
  /// @param sameMessage events with one message id and different keys
  public static List<UsageEvent> counted(List<UsageEvent> sameMessage) {
    if (sameMessage.size() == 1) {
      return sameMessage;
    }
    List<UsageEvent> responses = responses(sameMessage);
    if (responses.size() == sameMessage.size()) {
      return countedResponses(responses);
    }
    Set<String> requests = new HashSet<>();
    countedResponses(responses).forEach(response -> requests.add(response.key().requestId()));
    return sameMessage.stream()
        .filter(event -> requests.contains(event.key().requestId()))
        .toList();
  }

  /// One event for each request: the response itself, or its first part while only parts are known.
  private static List<UsageEvent> responses(List<UsageEvent> sameMessage) {
    Map<String, UsageEvent> byRequest = new LinkedHashMap<>();
    for (UsageEvent event : sameMessage) {
      byRequest.merge(
          event.key().requestId(), event, (a, b) -> a.key().part() <= b.key().part() ? a : b);
    }
    return List.copyOf(byRequest.values());
  }

  private static List<UsageEvent> countedResponses(List<UsageEvent> responses) {
    if (responses.size() == 1) {
      return responses;
    }
    List<UsageEvent> conversation =
        responses.stream().filter(event -> !event.attribution().sidechain()).toList();
    List<UsageEvent> requested =
        conversation.stream().filter(event -> !event.key().requestId().isEmpty()).toList();
    if (requested.size() > 1 && !requested.getFirst().key().isAnthropics()) {
      return responses.stream().filter(event -> !event.key().requestId().isEmpty()).toList();
    }
    if (!requested.isEmpty()) {
      return requested;
    }
    List<UsageEvent> candidates = conversation.isEmpty() ? responses : conversation;
    return candidates.stream().min(EARLIEST).stream().toList();
  }
}
