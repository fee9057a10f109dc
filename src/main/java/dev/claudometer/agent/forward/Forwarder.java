package dev.claudometer.agent.forward;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.agent.forward.ServerLink.Answer;
import dev.claudometer.model.Claim;
import dev.claudometer.model.Held;
import dev.claudometer.store.Changes;
import dev.claudometer.store.Outbox;
import dev.claudometer.wire.DeliveryAnswer;
import dev.claudometer.wire.Rejected;
import java.util.List;

/// Sends what a server does not have yet, and remembers what it has acknowledged.
///
/// A server that keeps its data in another store than before, because it was restored or set up
/// anew, is sent everything.
public final class Forwarder {

  private static final System.Logger LOG = System.getLogger("claudometer.forward");

  /// A server that loses more often has to be looked at.
  private static final int MOST_FALLS = 3;

  private final Outbox outbox;
  private final ServerLink link;
  private final Destination destination;
  private final String agent;
  private int most = Parcel.MOST_ELEMENTS;

  /// @param agent who sends, as `claudometer/0.1.0`
  public Forwarder(Outbox outbox, ServerLink link, Destination destination, String agent) {
    this.outbox = outbox;
    this.link = link;
    this.destination = destination;
    this.agent = agent;
  }

  /// Sends until nothing is left, at least one parcel: an empty one says that this machine is
  /// there.
  ///
  /// @return [Answer.Taken] of the last parcel, or what stands in the way
  public Answer round() throws InterruptedException {
    Answer answer = parcels();
    if (answer instanceof Answer.Taken(DeliveryAnswer account) && !arrived(account)) {
      destination.moved(account.store());
      answer = parcels();
    }
    return answer instanceof Answer.Taken(DeliveryAnswer account) && !arrived(account)
        ? new Answer.NotNow("the server answers for another store each time", null)
        : answer;
  }

  private boolean arrived(DeliveryAnswer account) {
    return destination.is(account.store());
  }

  private Answer parcels() throws InterruptedException {
    for (int falls = 0; falls <= MOST_FALLS; ) {
      Changes changes = next();
      Answer answer = deliver(changes);
      switch (answer) {
        case Answer.Taken(DeliveryAnswer account) when arrived(account) -> {
          if (fell(changes, account)) {
            falls++;
          } else {
            acknowledge(changes, account);
            if (!changes.more()) {
              return answer;
            }
          }
        }
        case Answer.TooLarge _ when most > 1 && changes.size() > 1 ->
            most = Math.max(1, Math.min(most, changes.size()) / 2);
        default -> {
          return answer;
        }
      }
    }
    return new Answer.NotNow("the server loses again what it has just taken", null);
  }

  private Answer deliver(Changes changes) throws InterruptedException {
    if (changes.size() > 0) {
      outbox.settle();
    }
    Claim claim = destination.claim(destination.acknowledged(), changes.upTo());
    return link.deliver(Parcel.of(agent, claim, changes));
  }

  /// Whether the server has less than it acknowledged, or knows of revisions that this store has
  /// not given away yet: one of the two was put back to an earlier state.
  private boolean fell(Changes changes, DeliveryAnswer account) {
    Held held = account.held();
    if (held == null) {
      return false;
    }
    if (held.upTo() < changes.upTo()) {
      LOG.log(
          WARNING,
          "the server's database was put back to an earlier state: what it has lost is sent again");
      destination.acknowledge(Math.min(held.upTo(), destination.acknowledged()), held);
      return true;
    }
    if (held.upTo() > changes.upTo() && !changes.more()) {
      LOG.log(
          WARNING,
          "this machine's store was put back to an earlier state: everything is sent again");
      outbox.rename();
      destination.moved(account.store());
      return true;
    }
    return false;
  }

  /// Nothing, until it is known what the server knows.
  private Changes next() {
    return destination.known()
        ? outbox.changes(destination.acknowledged(), most)
        : new Changes(List.of(), List.of(), 0, true);
  }

  private void acknowledge(Changes changes, DeliveryAnswer account) {
    for (Rejected rejected : account.rejected()) {
      LOG.log(WARNING, "the server does not take one element: " + rejected.reason());
    }
    destination.acknowledge(Math.max(changes.upTo(), destination.acknowledged()), account.held());
    if (changes.size() > 0) {
      LOG.log(INFO, "{0} sent, {1} were new", changes.size(), account.added());
    }
    most = Math.min(Parcel.MOST_ELEMENTS, most * 2);
  }
}
