package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.KnownBrowser;
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
import dev.claudometer.store.registry.Credentials;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.Duration;
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

  /// A name and its password.
  ///
  /// @param token the set-up token of the server's console, for whom it lets try without waiting
  public record LoginRequest(
      @Nullable String name, @Nullable String password, @Nullable String token) {}

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
    attempts.fromNetwork(call);
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
    return loggedIn(call, admin, null);
  }

  /// Logs in: the answer sets the session cookie.
  public Reply login(Call call) throws IOException {
    LoginRequest request = call.body(LoginRequest.class);
    String name = request.name() == null ? "" : request.name();
    String account = Secrets.digest(name);
    Account found = registry.accounts().named(name);
    Credential held = held(call, request.token(), found);
    if (held == null) {
      attempts.fromNetwork(call);
      attempts.ofStranger(call, account);
    } else {
      attempts.ofHolder(held.digest());
    }
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
    if (held == null) {
      attempts.ofStrangerWasRight(call, account);
    }
    return loggedIn(call, found, held);
  }

  /// What tells the caller from those who only know the account's name: a browser that it has
  /// logged in with before, or the token that the server's console has shown.
  private @Nullable Credential held(Call call, @Nullable String token, @Nullable Account account) {
    Credentials credentials = registry.credentials();
    String cookie = call.known();
    Credential browser =
        cookie == null
            ? null
            : credentials.find(Kind.KNOWN_BROWSER, Secrets.digest(cookie), call.now());
    if (browser != null && account != null && browser.holder().equals(account.id())) {
      return browser;
    }
    return token == null || token.isBlank()
        ? null
        : credentials.find(Kind.SETUP_TOKEN, Secrets.digest(token.strip()), call.now());
  }

  private Reply loggedIn(Call call, Account account, @Nullable Credential held) {
    Secret session = secrets.next("");
    Secret browser = secrets.next("");
    Duration longest = KnownBrowser.LONGEST;
    registry.change(
        call.deed("login", account.name(), ""),
        () -> {
          if (held != null) {
            registry.credentials().remove(held.kind(), held.digest());
          }
          add(call, account, session, Kind.SESSION, SessionCookie.LONGEST);
          add(call, account, browser, Kind.KNOWN_BROWSER, longest);
          return account;
        });
    if (held != null) {
      attempts.ofHolderWasRight(held.digest());
    }
    return new Reply(
        200,
        Map.of(),
        List.of(
            SessionCookie.set(session.text(), call.secure()),
            KnownBrowser.set(browser.text(), call.secure())),
        new Me(account.id(), account.name(), account.role()));
  }

  private void add(Call call, Account account, Secret secret, Kind kind, Duration longest) {
    registry
        .credentials()
        .add(
            new Credential(
                secret.digest(),
                kind,
                account.id(),
                call.browser(),
                "",
                "",
                call.address(),
                call.now(),
                null,
                call.now().plus(longest)));
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
        200, Map.of(), List.of(SessionCookie.clear(call.secure())), Map.of("loggedOut", true));
  }

  private Object me(Call call) {
    return switch (call.principal()) {
      case Principal.User(String id, String name, Role role) -> new Me(id, name, role);
      case Principal.Token(String id, String name, _, Role role) -> new Me(id, name, role);
      default -> throw Problem.of(403, "this is not for you");
    };
  }
}
