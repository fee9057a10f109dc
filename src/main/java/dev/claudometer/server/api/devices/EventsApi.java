package dev.claudometer.server.api.devices;

import dev.claudometer.ingest.Admission;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.Claim;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Held;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.RateLimits.Verdict;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.FleetQueries.Standing;
import dev.claudometer.wire.Delivery;
import dev.claudometer.wire.DeliveryAnswer;
import dev.claudometer.wire.DeliveryEntry;
import dev.claudometer.wire.DeliveryReader;
import dev.claudometer.wire.Rejected;
import dev.claudometer.wire.body.BodyLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes what agents have observed.
public final class EventsApi {

  private static final System.Logger LOG = System.getLogger("claudometer.ingest");

  private final Intakes intakes;
  private final FleetQueries store;
  private final Sightings sightings;
  private final RateLimits limits;

  public EventsApi(Intakes intakes, FleetQueries store, Sightings sightings, RateLimits limits) {
    this.intakes = intakes;
    this.store = store;
    this.sightings = sightings;
    this.limits = limits;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(
                "/api/v1/events",
                Access.DEVICE,
                "Store observations; sending them again changes nothing",
                this::deliver)
            .taking(BodyLimits.DELIVERY.encodedBytes())
            .looking(this::mayDeliver));
  }

  private @Nullable Object mayDeliver(Call call) {
    checkType(call.header("Content-Type"));
    check(limits.take(Limit.INGEST, device(call).id().text()), "too many deliveries");
    check(limits.take(Limit.BYTES, device(call).id().text(), 0), "too much in ten minutes");
    return null;
  }

  private static void check(Verdict verdict, String what) {
    if (!verdict.allowed()) {
      throw Problem.later(429, what, verdict.retryAfterSeconds(), null);
    }
  }

  private static Principal.Device device(Call call) {
    if (call.principal() instanceof Principal.Device device) {
      return device;
    }
    throw Problem.of(403, "this is for machines");
  }

  private Object deliver(Call call) throws Exception {
    Principal.Device device = device(call);
    return intakes.within(device.id(), () -> store(call, device));
  }

  private static void checkType(@Nullable String type) {
    if (type == null || !type.startsWith("application/json")) {
      throw Problem.of(415, "the body has to be application/json");
    }
  }

  private Reply store(Call call, Principal.Device device) throws Exception {
    Delivery delivery = intakes.read(() -> read(call));
    limits.take(Limit.BYTES, device.id().text(), call.bytes());
    var intake = new Intake();
    List<FileRead> files = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>(delivery.rejected());
    long other = 0;
    for (DeliveryEntry entry : delivery.entries()) {
      switch (entry) {
        case DeliveryEntry.Observed(int index, UsageEvent event) ->
            take(intake, index, event, rejected);
        case DeliveryEntry.Observed(_, var observation) -> {
          intake.accept(observation);
          other++;
        }
        case DeliveryEntry.Reading(_, FileRead reading) -> {
          files.add(reading);
          other++;
        }
      }
    }
    Admission admission = intakes.store(device.id(), intake, files, delivery.claim());
    sightings.seen(
        device.id(), call.now(), Enrolment.clean(delivery.agent(), ""), clockAhead(call));
    rejected.sort(Comparator.comparingInt(Rejected::index));
    return answer(device, delivery, admission, other, rejected);
  }

  /// What the machine's clock showed when it sent this, against ours when the request had come:
  /// right to a second, and to what the way took.
  private static @Nullable Duration clockAhead(Call call) {
    String sent = call.header("Date");
    if (sent == null) {
      return null;
    }
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(sent));
      return Duration.between(call.now().truncatedTo(ChronoUnit.SECONDS), theirs);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static void take(Intake intake, int index, UsageEvent event, List<Rejected> rejected) {
    String objection = intake.offer(event);
    if (objection != null) {
      rejected.add(new Rejected(index, objection));
    }
  }

  private Reply answer(
      Principal.Device device,
      Delivery delivery,
      Admission admission,
      long other,
      List<Rejected> rejected)
      throws IOException {
    var out = new ByteArrayOutputStream();
    Held held = held(device, delivery.claim());
    new DeliveryAnswer(
            held == null ? olderAgentsStore() : store.standing().store(),
            held,
            admission.received() + delivery.rejected().size(),
            admission.joined(),
            admission.stored().added(),
            admission.stored().replaced(),
            admission.stored().unchanged(),
            other,
            rejected)
        .write(out);
    return new Reply(200, Map.of("Content-Type", "application/json"), out.toByteArray());
  }

  private @Nullable Held held(Principal.Device device, @Nullable Claim claim) {
    if (claim == null) {
      return null;
    }
    Held held = store.held(device.id(), claim.sender());
    if (held.upTo() < claim.after()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "device {0} was told that its changes up to {1} are stored, and they are up to {2}:"
              + " it sends them again",
          device.id(),
          claim.after(),
          held.upTo());
    }
    return held;
  }

  /// Agents that make no claim send everything again when the store has another name.
  private String olderAgentsStore() {
    Standing standing = store.standing();
    return standing.generation() == 0
        ? standing.store()
        : standing.store() + "." + standing.generation();
  }

  private static Delivery read(Call call) throws IOException {
    try (InputStream body = call.decoded(BodyLimits.DELIVERY)) {
      return DeliveryReader.read(body);
    }
  }
}
