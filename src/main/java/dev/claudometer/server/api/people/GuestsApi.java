package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From where people may look without logging in.
public final class GuestsApi {

  private final Registry registry;
  private final Guests guests;
  private final OwnPassword own;

  public GuestsApi(Registry registry, Guests guests, OwnPassword own) {
    this.registry = registry;
    this.guests = guests;
    this.own = own;
  }

  /// The networks, empty for none.
  public record GuestNetworks(String networks) {}

  public record GuestsRequest(@Nullable String networks, @Nullable String password) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/guests",
            Access.VIEWER,
            "The networks that people may look from without logging in",
            _ -> networks()),
        Route.put(
            "/api/v1/guests",
            Access.ADMIN,
            "Let people look without logging in, from some networks; needs the own password",
            this::allow),
        Route.delete(
            "/api/v1/guests", Access.ADMIN, "Let nobody look without logging in", this::end));
  }

  public GuestNetworks networks() {
    return new GuestNetworks(guests.networks());
  }

  public GuestNetworks allow(Call call) throws IOException {
    GuestsRequest request = call.body(GuestsRequest.class);
    String networks = request.networks() == null ? "" : request.networks().strip();
    String objection = Guests.objection(networks);
    if (objection != null) {
      throw Problem.of(422, objection);
    }
    own.check(call, request.password());
    change(call, "guests.allow", networks);
    return networks();
  }

  public @Nullable Object end(Call call) {
    change(call, "guests.end", "");
    return null;
  }

  private void change(Call call, String action, String networks) {
    registry.change(
        call.deed(action, networks, ""),
        () -> {
          guests.networks(networks);
          return networks;
        });
  }
}
