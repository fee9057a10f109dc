package dev.claudometer.agent.forward;

import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Held;
import dev.claudometer.store.Outbox;
import org.jspecify.annotations.Nullable;

/// The server's store, as this machine's outbox knows it: one for each machine that the server
/// takes this one for.
public final class Destination {

  private final Outbox outbox;
  private final DeviceId device;

  /// @param device id that the server knows this machine by
  public Destination(Outbox outbox, DeviceId device) {
    this.outbox = outbox;
    this.device = device;
  }

  /// Whether anything was ever sent there.
  public boolean known() {
    return !name().isEmpty();
  }

  boolean is(String store) {
    return name().equals(name(store));
  }

  /// The server keeps its data elsewhere now: nothing has been sent there yet.
  void moved(String store) {
    forget();
    outbox.acknowledge(name(store), 0, 0);
  }

  /// The last revision that the server has.
  public long acknowledged() {
    return outbox.acknowledged(name());
  }

  /// What the server is believed to have: everything after one revision, up to another, goes with
  /// this claim.
  public Claim claim(long after, long upTo) {
    return new Claim(outbox.sender(), after, upTo, outbox.generation(name()));
  }

  /// The server has everything up to a revision.
  ///
  /// @param held what it says itself, null where it does not
  void acknowledge(long revision, @Nullable Held held) {
    long generation = held == null ? 0 : held.generation();
    if (revision != acknowledged() || generation != outbox.generation(name())) {
      outbox.acknowledge(name(), revision, generation);
    }
  }

  /// How many elements the server does not have.
  public long waiting() {
    return outbox.waiting(acknowledged(), Long.MAX_VALUE);
  }

  boolean lacks(long elements) {
    return outbox.waiting(acknowledged(), elements) >= elements;
  }

  /// Forgets what was sent: everything will be sent again, which changes nothing there.
  public void forget() {
    outbox.destinations().stream()
        .filter(known -> known.startsWith(name("")))
        .forEach(outbox::forgetDestination);
  }

  private String name() {
    return outbox.destinations().stream()
        .filter(known -> known.startsWith(name("")))
        .findFirst()
        .orElse("");
  }

  private String name(String store) {
    return device + " " + store;
  }
}
