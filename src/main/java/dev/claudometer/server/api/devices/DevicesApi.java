package dev.claudometer.server.api.devices;

import dev.claudometer.model.DeviceId;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Machines: enrolled with a code, named, given new keys, revoked.
public final class DevicesApi {

  /// An agent has so long to take up its new key.
  private static final Duration OVERLAP = Duration.ofHours(24);

  /// A code enrols at most so many machines, and works for at most a day.
  private static final int MOST_MACHINES = 1_000;

  private static final int MOST_MINUTES = 24 * 60;
  private static final int USUAL_MINUTES = 10;

  private final Registry registry;
  private final UsageQueries store;
  private final Enrolment enrolment;

  public DevicesApi(Registry registry, UsageQueries store, Enrolment enrolment) {
    this.registry = registry;
    this.store = store;
    this.enrolment = enrolment;
  }

  public record Key(
      String prefix, Instant createdAt, @Nullable Instant lastUsed, @Nullable Instant expiresAt) {}

  public record Machine(
      DeviceId id,
      String name,
      String hostname,
      String owner,
      Instant enrolledAt,
      @Nullable Instant lastSeen,
      boolean online,
      boolean revoked,
      String agent,
      Totals totals) {}

  public record Machines(List<Machine> devices) {}

  public record MachineDetail(Machine device, List<Key> keys) {}

  /// What a code is to be for.
  ///
  /// @param machines how many the code is for; null is one
  /// @param minutes how long it works; null is ten
  public record CodeRequest(
      @Nullable String name,
      @Nullable String owner,
      @Nullable Integer machines,
      @Nullable Integer minutes) {}

  /// A code that enrols machines.
  ///
  /// @param code shown this once
  public record IssuedCode(String code, Instant expiresAt, int machines) {}

  /// A machine that was enrolled.
  ///
  /// @param sessions how many of its sessions have come
  public record Arrival(Machine device, long sessions) {}

  public record EnrolRequest(
      @Nullable String code, @Nullable String name, @Nullable String hostname) {}

  /// A machine with its new key.
  ///
  /// @param key shown this once
  public record NewKey(DeviceId device, String name, String key) {}

  public record Change(@Nullable String name, @Nullable String owner) {}

  public record Self(DeviceId id, String name) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/devices", Access.VIEWER, "The machines and what each used in all", this::list),
        Route.get(
            "/api/v1/devices/{id}",
            Access.VIEWER,
            "A machine with its keys' prefixes",
            this::detail),
        Route.patch(
            "/api/v1/devices/{id}",
            Access.ADMIN,
            "Rename a machine, or give it an owner",
            this::change),
        Route.post(
            "/api/v1/devices/{id}/rotate",
            Access.ADMIN,
            "A new key; the old one works another day",
            this::rotate),
        Route.post(
            "/api/v1/devices/{id}/revoke",
            Access.ADMIN,
            "End a machine's keys; its usage stays",
            this::revoke),
        Route.post(
            "/api/v1/enrolment-codes",
            Access.ADMIN,
            "A code that enrols one machine within ten minutes, or as many and as long as asked",
            this::issue),
        Route.post(
            "/api/v1/enrol",
            Access.PUBLIC,
            "Enrol a machine with a code: answers its key",
            this::enrol),
        Route.get("/api/v1/device", Access.DEVICE, "Whose key this is", this::self),
        Route.post(
            "/api/v1/device/rotate",
            Access.DEVICE,
            "A new key for the machine that asks",
            this::rotateOwn));
  }

  public Machines list(Call call) {
    Map<DeviceId, Totals> used = used();
    return new Machines(
        registry.devices().list().stream()
            .filter(device -> call.scope().holds(device.id()))
            .map(device -> machine(device, used, call.now()))
            .toList());
  }

  private Map<DeviceId, Totals> used() {
    return store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)).stream()
        .collect(Collectors.toMap(Slice::device, Slice::totals));
  }

  private static Machine machine(Device device, Map<DeviceId, Totals> used, Instant now) {
    return new Machine(
        device.id(),
        device.name(),
        device.hostname(),
        device.owner(),
        device.enrolledAt(),
        device.lastSeen(),
        KnownMachines.online(device, now),
        device.revoked(),
        device.agent(),
        used.getOrDefault(device.id(), Totals.ZERO));
  }

  private Device device(Call call) {
    Device device = registry.devices().find(new DeviceId(call.path("id")));
    if (device == null || !call.scope().holds(device.id())) {
      throw Problem.notFound("device with this id");
    }
    return device;
  }

  public MachineDetail detail(Call call) {
    Device device = device(call);
    return new MachineDetail(
        machine(device, used(), call.now()),
        registry.credentials().list(Kind.DEVICE_KEY, device.id().text()).stream()
            .map(DevicesApi::key)
            .toList());
  }

  private static Key key(Credential key) {
    return new Key(key.prefix(), key.createdAt(), key.lastUsed(), key.expiresAt());
  }

  public Machine change(Call call) throws IOException {
    Change request = call.body(Change.class);
    Device known = device(call);
    String name = Enrolment.clean(request.name(), known.name());
    String owner = request.owner() == null ? known.owner() : Enrolment.clean(request.owner(), "");
    Device changed = changed(known, name, owner, known.revoked());
    registry.change(
        call.deed(
            "device.change", known.id().text(), known.name() + " → " + name + ", owner " + owner),
        () -> {
          registry.devices().update(changed);
          return changed;
        });
    return machine(changed, used(), call.now());
  }

  private static Device changed(Device known, String name, String owner, boolean revoked) {
    return new Device(
        known.id(),
        name,
        known.hostname(),
        owner,
        known.enrolledAt(),
        known.lastSeen(),
        known.agent(),
        revoked,
        known.clockAhead());
  }

  public NewKey rotate(Call call) {
    Device device = device(call);
    return newKey(device, enrolment.rotate(call, device, OVERLAP));
  }

  private Object rotateOwn(Call call) {
    Device device = registry.devices().find(own(call).id());
    if (device == null) {
      throw Problem.notFound("device with this key");
    }
    return newKey(device, enrolment.rotate(call, device, OVERLAP));
  }

  private static NewKey newKey(Device device, Secret key) {
    return new NewKey(device.id(), device.name(), key.text());
  }

  public Machine revoke(Call call) {
    Device device = device(call);
    Device revoked = changed(device, device.name(), device.owner(), true);
    registry.change(
        call.deed("device.revoke", device.id().text(), device.name()),
        () -> {
          registry.credentials().expire(Kind.DEVICE_KEY, device.id().text(), call.now());
          registry.devices().update(revoked);
          return revoked;
        });
    return machine(revoked, used(), call.now());
  }

  private Object issue(Call call) throws IOException {
    return Reply.of(201, code(call));
  }

  /// A code that enrols machines.
  public IssuedCode code(Call call) throws IOException {
    CodeRequest request = call.body(CodeRequest.class);
    int machines = within("machines", request.machines(), 1, MOST_MACHINES);
    int minutes = within("minutes", request.minutes(), USUAL_MINUTES, MOST_MINUTES);
    String name = Enrolment.clean(request.name(), "");
    if (machines > 1 && !name.isEmpty()) {
      throw Problem.of(422, "'name' is that of one machine: leave it out for several");
    }
    Secret code =
        enrolment.code(
            call,
            name,
            Enrolment.clean(request.owner(), ""),
            machines,
            Duration.ofMinutes(minutes));
    return new IssuedCode(code.text(), call.now().plus(Duration.ofMinutes(minutes)), machines);
  }

  private static int within(String name, @Nullable Integer asked, int usual, int most) {
    if (asked != null && (asked < 1 || asked > most)) {
      throw Problem.of(422, "'" + name + "' has to be a number from 1 to " + most);
    }
    return asked == null ? usual : asked;
  }

  /// The machines that were enrolled since, the first of them first.
  public List<Arrival> arrived(Call call, Instant since) {
    Map<DeviceId, Totals> used = used();
    return registry.devices().list().stream()
        .filter(device -> !device.enrolledAt().isBefore(since) && call.scope().holds(device.id()))
        .sorted(Comparator.comparing(Device::enrolledAt).thenComparing(Device::name))
        .map(
            device ->
                new Arrival(
                    machine(device, used, call.now()),
                    store.sessionCount(
                        TimeRange.ALL, Where.of(Dimension.DEVICE, device.id().text()))))
        .toList();
  }

  private Object enrol(Call call) throws IOException {
    EnrolRequest request = call.body(EnrolRequest.class);
    String hostname = Enrolment.clean(request.hostname(), "unknown");
    Enrolment.Enrolled enrolled =
        enrolment.redeem(
            call,
            request.code() == null ? "" : request.code(),
            Enrolment.clean(request.name(), hostname),
            hostname);
    return Reply.of(201, newKey(enrolled.device(), enrolled.key()));
  }

  private static Principal.Device own(Call call) {
    if (call.principal() instanceof Principal.Device device) {
      return device;
    }
    throw Problem.of(403, "this is for machines");
  }

  private Object self(Call call) {
    Principal.Device device = own(call);
    return new Self(device.id(), device.name());
  }
}
