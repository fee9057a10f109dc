package dev.claudometer.server.api.devices;

import dev.claudometer.server.auth.CallerNetwork;
import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Gives machines their keys: for a code that works for some machines and some time.
public final class Enrolment {

  private final Registry registry;
  private final RateLimits limits;
  private final Secrets secrets = new Secrets();

  public Enrolment(Registry registry, RateLimits limits) {
    this.registry = registry;
    this.limits = limits;
  }

  /// A machine with its key, which is shown this once.
  record Enrolled(Device device, Secret key) {}

  /// Issues a code.
  ///
  /// @param name of the machine that it will enrol, empty to let the machine say
  /// @param owner name of the user it will belong to
  /// @param machines how many it will enrol
  Secret code(Call call, String name, String owner, int machines, Duration length) {
    Secret code = secrets.code();
    registry.change(
        call.deed("code.issue", name, machines == 1 ? "" : machines + " machines"),
        () -> {
          registry
              .credentials()
              .add(
                  new Credential(
                      code.digest(),
                      Kind.ENROLMENT_CODE,
                      owner,
                      name,
                      "",
                      "",
                      call.address(),
                      call.now(),
                      null,
                      call.now().plus(length),
                      machines));
          return code.prefix();
        });
    return code;
  }

  /// Enrols a machine for a code.
  ///
  /// Whoever has a code is held back by nothing but the code: an office is one address. Whoever
  /// guesses one may do so a few times.
  ///
  /// @throws Problem 403 where the code is not in force, 429 after too many that were not
  Enrolled redeem(Call call, String code, String name, String hostname) {
    RateLimits.Verdict guesses = limits.take(Limit.REGISTER, CallerNetwork.of(call.address()), 0);
    if (!guesses.allowed()) {
      throw Problem.later(
          429, "too many codes that are not in force", guesses.retryAfterSeconds(), null);
    }
    String digest = Secrets.digest(Secrets.normalised(code));
    return registry.change(
        call.deed("device.enrol", name, hostname),
        () -> {
          Credential redeemed =
              registry.credentials().redeem(Kind.ENROLMENT_CODE, digest, call.now());
          if (redeemed == null) {
            limits.take(Limit.REGISTER, CallerNetwork.of(call.address()));
            throw Problem.of(
                403,
                "the enrolment code is not in force: it has enrolled its machines, or its time is"
                    + " over");
          }
          return add(
              call,
              redeemed.label().isEmpty() ? name : redeemed.label(),
              hostname,
              redeemed.holder());
        });
  }

  /// Enrols a machine for somebody who may do that.
  Enrolled enrol(Call call, String name, String hostname, String owner) {
    return registry.change(
        call.deed("device.enrol", name, hostname), () -> add(call, name, hostname, owner));
  }

  private Enrolled add(Call call, String name, String hostname, String owner) {
    Device device = registry.devices().add(name, hostname, owner, call.now());
    return new Enrolled(device, key(call, device));
  }

  /// A new key; the old ones stay in force for a while.
  Secret rotate(Call call, Device device, Duration overlap) {
    return registry.change(
        call.deed("key.rotate", device.id().text(), device.name()),
        () -> {
          Instant end = call.now().plus(overlap);
          registry.credentials().expire(Kind.DEVICE_KEY, device.id().text(), end);
          return key(call, device);
        });
  }

  private Secret key(Call call, Device device) {
    Secret key = secrets.next("dk_");
    registry
        .credentials()
        .add(
            new Credential(
                key.digest(),
                Kind.DEVICE_KEY,
                device.id().text(),
                "",
                "",
                key.prefix(),
                call.address(),
                call.now(),
                null,
                null));
    return key;
  }

  /// A name that people can read: what a machine says of itself is cut and cleaned.
  static String clean(@Nullable String text, String usual) {
    String clean = text == null ? "" : text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
    return clean.isEmpty() ? usual : clean.substring(0, Math.min(100, clean.length()));
  }
}
