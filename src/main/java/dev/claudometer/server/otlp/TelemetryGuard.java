package dev.claudometer.server.otlp;

import dev.claudometer.model.DeviceId;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Guard;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lets in machines by their key, and this machine itself without one.
final class TelemetryGuard implements Guard {

  private static final String BEARER = "bearer ";

  private final Senders senders;

  TelemetryGuard(Senders senders) {
    this.senders = senders;
  }

  @Override
  public Admitted admit(Context request, Route route) {
    String address = request.req().getRemoteAddr();
    String secret = secret(request.header("Authorization"));
    boolean handedOn =
        request.header("X-Forwarded-For") != null || request.header("Forwarded") != null;
    boolean page = request.header("Origin") != null;
    DeviceId device = senders.device(secret, !handedOn && !page && loopback(address));
    if (device == null) {
      throw Problem.of(
          401, "send a device key: OTEL_EXPORTER_OTLP_HEADERS=\"authorization=Bearer dk_…\"");
    }
    return new Admitted(new Principal.Device(device, ""), address, request.req().isSecure());
  }

  /// `Bearer dk_…`, or the key alone: header lists in variables are hard to type.
  static @Nullable String secret(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return null;
    }
    String text = authorization.strip();
    return text.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? text.substring(BEARER.length()).strip()
        : text;
  }

  static boolean loopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }
}
