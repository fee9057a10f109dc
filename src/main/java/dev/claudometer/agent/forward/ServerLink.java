package dev.claudometer.agent.forward;

import dev.claudometer.wire.DeliveryAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way to a server.
public interface ServerLink {

  /// Sends one parcel and waits for the answer.
  Answer deliver(Parcel parcel) throws InterruptedException;

  /// What became of a parcel. Only [Taken] means that the server has it.
  sealed interface Answer {

    record Taken(DeliveryAnswer account) implements Answer {}

    /// Less has to be sent at once.
    record TooLarge(String why) implements Answer {}

    /// The server does not know the key, or no longer.
    record KeyRefused(String why) implements Answer {}

    /// It may work later: nobody answers, the server is busy, or it has to be updated.
    ///
    /// @param retryAfter how long the server asks to be left alone, null where it does not say
    record NotNow(String why, @Nullable Duration retryAfter) implements Answer {}
  }
}
