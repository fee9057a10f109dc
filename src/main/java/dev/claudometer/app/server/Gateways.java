package dev.claudometer.app.server;

import dev.claudometer.model.DeviceId;
import dev.claudometer.server.otlp.Stamps;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Gateways that are trusted to say whose telemetry they send on. Each person of one is a device,
/// which that person owns.
final class Gateways implements Stamps {

  /// A gateway relays what clients say of themselves: beyond so many people nobody is believed.
  private static final int MOST_PEOPLE = 20_000;

  private final Registry registry;
  private final InstantSource clock;
  private final Set<String> names;
  private final Map<DeviceId, Boolean> trusted = new ConcurrentHashMap<>();
  private final Map<Person, DeviceId> people = new ConcurrentHashMap<>();

  /// @param names of the machines whose keys they have, or ids
  Gateways(Registry registry, InstantSource clock, Set<String> names) {
    this.registry = registry;
    this.clock = clock;
    this.names = Set.copyOf(names);
  }

  private record Person(DeviceId gateway, String name) {}

  @Override
  public boolean trusts(DeviceId sender) {
    return !names.isEmpty() && trusted.computeIfAbsent(sender, this::named);
  }

  private boolean named(DeviceId sender) {
    Device device = registry.devices().find(sender);
    return names.contains(sender.text()) || (device != null && names.contains(device.name()));
  }

  @Override
  public DeviceId device(DeviceId sender, String person) {
    var known = new Person(sender, person);
    if (people.size() >= MOST_PEOPLE && !people.containsKey(known)) {
      return sender;
    }
    return people.computeIfAbsent(known, this::of);
  }

  /// The gateway stands where other devices have their host.
  private DeviceId of(Person person) {
    return registry.devices().list().stream()
        .filter(device -> device.hostname().equals(person.gateway().text()))
        .filter(device -> device.owner().equals(person.name()))
        .findFirst()
        .orElseGet(() -> added(person))
        .id();
  }

  private Device added(Person person) {
    Instant now = clock.instant();
    String gateway = person.gateway().text();
    return registry.change(
        new Deed("gateway", "", "device.enrol", person.name(), "by way of " + gateway, now),
        () -> registry.devices().add(person.name(), gateway, person.name(), now));
  }
}
