package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.auth.SessionCookie;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first administrator, logging in and out, and who has.
public final class LoginApi {

  private final Registry registry;
  private final Passwords passwords;
  private final Attempts attempts;
  private final Secrets secrets = new Secrets();

  public LoginApi(Registry registry, Passwords passwords, Attempts attempts) {
    this.registry = registry;
    this.passwords = passwords;
    this.attempts = attempts;
  }

  public record SetupState(boolean setupCompleted) {}

  public record SetupRequest(
      @Nullable String token, @Nullable String name, @Nullable String password) {}

  public record LoginRequest(@Nullable String name, @Nullable String password) {}

  public record Me(String id, String name, Role role) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/setup", Access.PUBLIC, "Whether there is an administrator", this::setupState),
        Route.post(
            "/api/v1/setup",
            Access.PUBLIC,
            "Make the first administrator, with the set-up token",
            this::setup),
        Route.post("/api/v1/login", Access.PUBLIC, "Log in: sets the session cookie", this::login),
        Route.post("/api/v1/logout", Access.VIEWER, "Log out: the session ends", this::logout),
        Route.get("/api/v1/me", Access.VIEWER, "Who is logged in", this::me));
  }

  private Object setupState(Call call) {
    return new SetupState(anybody());
  }

  /// Whether there is anybody who could log in.
  public boolean anybody() {
    return !registry.accounts().list().isEmpty();
  }

  /// Makes the first administrator, who then is logged in.
  public Reply setup(Call call) throws IOException {
    SetupRequest request = call.body(SetupRequest.class);
    attempts.count("address " + call.address(), "too many attempts");
    String name = NewNames.name(request.name());
    String hash = NewNames.hash(passwords, request.password(), name);
    Account admin =
        registry.change(
            call.deed("setup.admin", name, ""),
            () -> {
              String token = request.token() == null ? "" : request.token();
              Credential redeemed =
                  registry
                      .credentials()
                      .redeem(Kind.SETUP_TOKEN, Secrets.digest(token), call.now());
              if (redeemed == null || !registry.accounts().list().isEmpty()) {
                throw Problem.of(
                    403, "the set-up token is not in force: the server prints one when it starts");
              }
              return registry.accounts().add(name, Role.ADMIN, hash, call.now());
            });
    return loggedIn(call, admin);
  }

  /// Logs in: the answer sets the session cookie.
  public Reply login(Call call) throws IOException {
    LoginRequest request = call.body(LoginRequest.class);
    String name = request.name() == null ? "" : request.name();
    String account = "account " + Secrets.digest(name);
    String address = "address " + call.address();
    attempts.count(address, "too many attempts to log in");
    attempts.count(account, "too many attempts to log in");
    Account found = registry.accounts().named(name);
    boolean right =
        passwords.matches(
            request.password() == null ? "" : request.password(),
            found == null ? null : registry.accounts().password(found.id()));
    if (!right || found == null || found.disabled()) {
      registry.change(
          call.deed("login.failed", found == null ? "unknown user" : found.name(), ""),
          () -> "noted");
      throw Problem.of(401, "user name or password is wrong");
    }
    attempts.clear(address);
    attempts.clear(account);
    return loggedIn(call, found);
  }

  private Reply loggedIn(Call call, Account account) {
    Secret session = secrets.next("");
    registry.change(
        call.deed("login", account.name(), ""),
        () -> {
          registry
              .credentials()
              .add(
                  new Credential(
                      session.digest(),
                      Kind.SESSION,
                      account.id(),
                      call.browser(),
                      "",
                      "",
                      call.address(),
                      call.now(),
                      null,
                      call.now().plus(SessionCookie.LONGEST)));
          return account;
        });
    return new Reply(
        200,
        Map.of("Set-Cookie", SessionCookie.set(session.text(), call.secure())),
        new Me(account.id(), account.name(), account.role()));
  }

  /// Logs out: the session ends.
  public Reply logout(Call call) {
    String session = call.session();
    if (session != null) {
      registry.change(
          call.deed("logout", "", ""),
          () -> {
            registry.credentials().remove(Kind.SESSION, Secrets.digest(session));
            return session;
          });
    }
    return new Reply(
        200, Map.of("Set-Cookie", SessionCookie.clear(call.secure())), Map.of("loggedOut", true));
  }

  private Object me(Call call) {
    return switch (call.principal()) {
      case Principal.User(String id, String name, Role role) -> new Me(id, name, role);
      case Principal.Token(String id, String name, Role role) -> new Me(id, name, role);
      default -> throw Problem.of(403, "this is not for you");
    };
  }
}
