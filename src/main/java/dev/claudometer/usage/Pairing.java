package dev.claudometer.usage;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which call that the client does not name is which response: one call for each response, the
/// nearest in time first. Prompts repeat, so several calls may fit one response.
public final class Pairing {

  private final Map<String, EventKey> responses = new HashMap<>();
  private final Set<EventKey> explained = new HashSet<>();

  private Pairing() {}

  /// A call that may be a response.
  ///
  /// @param outside how far the response lies from the time that the call took
  /// @param apart from the call's end to the response
  private record Pair(ApiCall call, EventKey response, Duration outside, Duration apart) {

    /// Conversations are written down, helpers' calls hardly ever.
    private static final Comparator<Pair> NEAREST_FIRST =
        Comparator.comparing((Pair pair) -> !pair.call.conversation())
            .thenComparing(Pair::outside)
            .thenComparing(Pair::apart)
            .thenComparing(pair -> pair.call.id())
            .thenComparing(pair -> pair.response.messageId())
            .thenComparing(pair -> pair.response.requestId());

    static Pair of(ApiCall call, UsageEvent response) {
      Duration apart = Duration.between(response.at(), call.at()).abs();
      boolean during =
          !response.at().isBefore(call.at().minus(call.duration()))
              && !response.at().isAfter(call.at());
      return new Pair(call, response.key(), during ? Duration.ZERO : apart, apart);
    }
  }

  /// Pairs calls with responses.
  ///
  /// @param candidates the responses of the time of each call, whatever their prompts
  public static Pairing of(Map<ApiCall, ? extends Collection<UsageEvent>> candidates) {
    List<Pair> pairs = new ArrayList<>();
    candidates.forEach(
        (call, responses) ->
            responses.stream()
                .filter(response -> Witnesses.mayBe(call, response))
                .forEach(response -> pairs.add(Pair.of(call, response))));
    pairs.sort(Pair.NEAREST_FIRST);
    var pairing = new Pairing();
    pairs.forEach(pairing::take);
    return pairing;
  }

  private void take(Pair pair) {
    if (!responses.containsKey(pair.call.id()) && explained.add(pair.response)) {
      responses.put(pair.call.id(), pair.response);
    }
  }

  /// The response that a call is; null where it is none.
  public @Nullable EventKey response(ApiCall call) {
    return responses.get(call.id());
  }

  /// Whether some call is this response.
  public boolean explains(UsageEvent response) {
    return explained.contains(response.key());
  }
}
