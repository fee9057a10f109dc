package dev.claudometer.server.api.devices;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.ingest.Intake;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.CallerNetwork;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.RateLimits.Verdict;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.wire.body.BodyLimits;
import dev.claudometer.wire.legacy.LegacyAnswers;
import dev.claudometer.wire.legacy.LegacyDuplicates;
import dev.claudometer.wire.legacy.LegacyEntry;
import dev.claudometer.wire.legacy.LegacyEvents;
import dev.claudometer.wire.legacy.LegacyKey;
import dev.claudometer.wire.legacy.LegacyRegistration;
import dev.claudometer.wire.legacy.LegacyRequest;
import dev.claudometer.wire.legacy.LegacyUsage;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Speaks with the daemon of claude-code-prometheus as its own server does, but stores each entry
/// once, in one transaction.
public final class LegacyApi {

  private static final System.Logger LOG = System.getLogger("claudometer.ingest");

  private static final String KEY = "X-Device-Key";

  private final Intakes intakes;
  private final Sightings sightings;
  private final Identities identities;
  private final Enrolment enrolment;
  private final RateLimits limits;
  private final boolean openRegistration;

  /// @param openRegistration whether machines may register without a code or a login
  public LegacyApi(
      Intakes intakes,
      Sightings sightings,
      Identities identities,
      Enrolment enrolment,
      RateLimits limits,
      boolean openRegistration) {
    this.intakes = intakes;
    this.sightings = sightings;
    this.identities = identities;
    this.enrolment = enrolment;
    this.limits = limits;
    this.openRegistration = openRegistration;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/usage", Access.PUBLIC, "Store entries of the peer's daemon", this::usage)
            .taking(BodyLimits.PEER.encodedBytes())
            .looking(this::mayPush),
        Route.post(
            "/api/devices/register",
            Access.PUBLIC,
            "Register a machine as the peer's daemon does",
            this::register));
  }

  /// A wrong key is told before its body is read. Who has the key in the body sends it unseen, and
  /// so not often.
  private @Nullable Object mayPush(Call call) {
    if (call.principal() instanceof Principal.Device) {
      return null;
    }
    if (call.header(KEY) != null) {
      return json(401, LegacyAnswers.failed(LegacyAnswers.KEY_INVALID));
    }
    Verdict verdict = limits.take(Limit.USAGE, call.principal().counted(call.address()));
    return verdict.allowed() ? null : tooMany(verdict, headers(verdict));
  }

  private Object usage(Call call) throws Exception {
    return call.principal() instanceof Principal.Device device
        ? usage(call, device)
        : withKeyInside(call);
  }

  private Reply withKeyInside(Call call) throws Exception {
    LegacyRequest<String> key;
    try (InputStream body = call.decoded(BodyLimits.PEER)) {
      key = intakes.read(() -> LegacyKey.find(body));
    }
    return switch (key) {
      case LegacyRequest.NotJson<String> _ ->
          json(500, LegacyAnswers.failed(LegacyAnswers.INTERNAL));
      case LegacyRequest.Invalid<String> _ ->
          json(401, LegacyAnswers.failed(LegacyAnswers.KEY_REQUIRED));
      case LegacyRequest.Accepted<String>(String text) ->
          identities.of(text, null) instanceof Principal.Device device
              ? usage(call, device)
              : json(401, LegacyAnswers.failed(LegacyAnswers.KEY_INVALID));
    };
  }

  private Reply usage(Call call, Principal.Device device) throws Exception {
    return intakes.within(device.id(), () -> usageNow(call, device));
  }

  private Reply usageNow(Call call, Principal.Device device) throws Exception {
    LegacyRequest<LegacyUsage> request;
    try (InputStream body = call.decoded(BodyLimits.PEER)) {
      request = intakes.read(() -> LegacyUsage.read(body));
    }
    return switch (request) {
      case LegacyRequest.NotJson<LegacyUsage> _ ->
          json(500, LegacyAnswers.failed(LegacyAnswers.INTERNAL));
      case LegacyRequest.Invalid<LegacyUsage> invalid -> json(400, LegacyAnswers.invalid(invalid));
      case LegacyRequest.Accepted<LegacyUsage>(LegacyUsage usage) -> {
        var refusal = usage.refusal();
        yield refusal == null
            ? usage(call, device, usage)
            : json(400, LegacyAnswers.invalid(refusal));
      }
    };
  }

  private Reply usage(Call call, Principal.Device device, LegacyUsage usage)
      throws InterruptedException {
    Verdict verdict = limits.take(Limit.USAGE, device.id().text());
    Map<String, String> headers = headers(verdict);
    if (!verdict.allowed()) {
      return tooMany(verdict, headers);
    }
    store(device, usage.entries());
    sightings.seen(device.id(), call.now(), "claude-usage-daemon", null);
    return json(200, headers, LegacyAnswers.processed(usage.entries().size()));
  }

  private void store(Principal.Device device, List<LegacyEntry> entries)
      throws InterruptedException {
    var intake = new Intake();
    for (LegacyEntry entry : entries) {
      UsageEvent event = LegacyEvents.toEvent(entry);
      if (event != null) {
        intake.accept(event);
      }
    }
    int suspects = LegacyDuplicates.suspects(entries).size();
    if (suspects > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} of {1} entries of device {2} look like copies of one response: its daemon sends"
              + " each line, install the agent for exact numbers",
          suspects,
          entries.size(),
          device.id());
    }
    intakes.store(device.id(), intake, List.of(), null);
  }

  private static Reply tooMany(Verdict verdict, Map<String, String> headers) {
    headers.put("Retry-After", Long.toString(verdict.retryAfterSeconds()));
    return json(429, headers, LegacyAnswers.tooManyRequests(verdict.retryAfterSeconds()));
  }

  private static Map<String, String> headers(Verdict verdict) {
    var headers = new HashMap<String, String>();
    headers.put("X-RateLimit-Limit", Integer.toString(Limit.USAGE.requests()));
    headers.put("X-RateLimit-Remaining", Integer.toString(verdict.remaining()));
    headers.put("X-RateLimit-Reset", verdict.resetAt().toString());
    return headers;
  }

  private Object register(Call call) throws IOException {
    return switch (LegacyRegistration.read(call.stream())) {
      case LegacyRequest.NotJson<LegacyRegistration> _ ->
          seldom(call, () -> json(500, LegacyAnswers.failed(LegacyAnswers.INTERNAL)));
      case LegacyRequest.Invalid<LegacyRegistration> invalid ->
          seldom(call, () -> json(400, LegacyAnswers.invalid(invalid)));
      case LegacyRequest.Accepted<LegacyRegistration>(LegacyRegistration registration) ->
          register(call, registration);
    };
  }

  /// What an address may ask for a few times: a code is counted where it is redeemed.
  private Reply seldom(Call call, Supplier<Reply> answer) {
    Verdict verdict = limits.take(Limit.REGISTER, CallerNetwork.of(call.address()));
    return verdict.allowed()
        ? answer.get()
        : json(
            429,
            Map.of("Retry-After", Long.toString(verdict.retryAfterSeconds())),
            LegacyAnswers.tooManyRequests(verdict.retryAfterSeconds()));
  }

  private Reply register(Call call, LegacyRegistration registration) {
    String name = Enrolment.clean(registration.name(), "machine");
    String hostname = Enrolment.clean(registration.hostname(), "unknown");
    String code = registration.code();
    if (code == null) {
      code = call.header("X-Enrolment-Code");
    }
    if (code != null) {
      return registered(enrolment.redeem(call, code, name, hostname));
    }
    return seldom(call, () -> withoutCode(call, name, hostname));
  }

  private Reply withoutCode(Call call, String name, String hostname) {
    if (!Access.ADMIN.allows(call.principal()) && !openRegistration) {
      return json(
          401,
          LegacyAnswers.failed(
              "Registration needs an enrolment code ('code' in the body, or X-Enrolment-Code) or"
                  + " an administrator's token"));
    }
    return registered(enrolment.enrol(call, name, hostname, ""));
  }

  private static Reply registered(Enrolment.Enrolled enrolled) {
    return json(
        201, LegacyAnswers.registered(enrolled.device().id().text(), enrolled.key().text()));
  }

  private static Reply json(int status, String body) {
    return json(status, Map.of(), body);
  }

  private static Reply json(int status, Map<String, String> headers, String body) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return new Reply(status, all, body.getBytes(UTF_8));
  }
}
