package dev.claudometer.server.api;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.auth.SessionCookie;
import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// People: the first administrator, logging in and out, accounts, tokens, sessions.
public final class People {

  private static final int LONGEST_NAME = 64;

  private final Registry registry;
  private final Passwords passwords;
  private final RateLimits limits;
  private final Secrets secrets = new Secrets();

  People(Registry registry, Passwords passwords, RateLimits limits) {
    this.registry = registry;
    this.passwords = passwords;
    this.limits = limits;
  }

  public record SetupState(boolean setupCompleted) {}

  public record SetupRequest(
      @Nullable String token, @Nullable String name, @Nullable String password) {}

  public record LoginRequest(@Nullable String name, @Nullable String password) {}

  public record Person(String id, String name, Role role, boolean disabled, Instant createdAt) {}

  public record Me(String id, String name, Role role) {}

  public record NewPerson(@Nullable String name, @Nullable String password, @Nullable Role role) {}

  public record PersonChange(@Nullable Role role, @Nullable Boolean disabled) {}

  public record PasswordChange(@Nullable String current, @Nullable String password) {}

  public record NewToken(@Nullable String name, @Nullable Role role, @Nullable Integer days) {}

  /// A new API token.
  ///
  /// @param token shown this once
  public record IssuedToken(String id, String name, String token) {}

  public record Token(
      String id,
      String name,
      String role,
      String prefix,
      Instant createdAt,
      @Nullable Instant lastUsed,
      @Nullable Instant expiresAt) {}

  public record Session(
      String id,
      String browser,
      String address,
      Instant createdAt,
      @Nullable Instant lastUsed,
      @Nullable Instant expiresAt) {}

  List<Route> routes() {
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
        Route.get("/api/v1/me", Access.VIEWER, "Who is logged in", this::me),
        Route.put(
            "/api/v1/me/password",
            Access.VIEWER,
            "Change the own password; other sessions end",
            this::password),
        Route.get(
            "/api/v1/me/sessions",
            Access.VIEWER,
            "The own sessions",
            call -> Map.of("sessions", sessions(call))),
        Route.delete(
            "/api/v1/me/sessions/{id}",
            Access.VIEWER,
            "End one of the own sessions",
            this::endSession),
        Route.get("/api/v1/users", Access.ADMIN, "The users", _ -> Map.of("users", users())),
        Route.post("/api/v1/users", Access.ADMIN, "Add a user", this::addUser),
        Route.patch(
            "/api/v1/users/{id}",
            Access.ADMIN,
            "Change a user's role, or disable the user",
            this::change),
        Route.get(
            "/api/v1/tokens",
            Access.ADMIN,
            "API tokens, without their secrets",
            _ -> Map.of("tokens", tokens())),
        Route.post(
            "/api/v1/tokens",
            Access.ADMIN,
            "Issue an API token; it is shown once",
            this::issueToken),
        Route.delete(
            "/api/v1/tokens/{id}", Access.ADMIN, "Revoke an API token", this::revokeToken));
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
    limit(Limit.LOGIN, "address " + call.address(), "too many attempts");
    String name = name(request.name());
    String hash = hash(request.password(), name);
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
    limit(Limit.LOGIN, address, "too many attempts to log in");
    limit(Limit.LOGIN, account, "too many attempts to log in");
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
    limits.clear(Limit.LOGIN, address);
    limits.clear(Limit.LOGIN, account);
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

  private Principal.User self(Call call) {
    if (call.principal() instanceof Principal.User user) {
      return user;
    }
    throw Problem.of(403, "only people have passwords and sessions");
  }

  private @Nullable Object password(Call call) throws IOException {
    changePassword(call);
    return null;
  }

  /// Changes the caller's password; other sessions end.
  public void changePassword(Call call) throws IOException {
    Principal.User self = self(call);
    PasswordChange request = call.body(PasswordChange.class);
    limit(Limit.LOGIN, "account " + self.id(), "too many attempts");
    String current = request.current() == null ? "" : request.current();
    if (!passwords.matches(current, registry.accounts().password(self.id()))) {
      throw Problem.of(403, "the current password is wrong");
    }
    String hash = hash(request.password(), self.name());
    String session = call.session();
    registry.change(
        call.deed("password.change", self.name(), ""),
        () -> {
          registry.accounts().password(self.id(), hash);
          String kept = session == null ? "" : Secrets.digest(session);
          registry.credentials().list(Kind.SESSION, self.id()).stream()
              .filter(other -> !other.digest().equals(kept))
              .forEach(other -> registry.credentials().remove(Kind.SESSION, other.digest()));
          return self;
        });
  }

  /// The caller's sessions.
  public List<Session> sessions(Call call) {
    return registry.credentials().list(Kind.SESSION, self(call).id()).stream()
        .map(
            session ->
                new Session(
                    id(session),
                    session.label(),
                    session.address(),
                    session.createdAt(),
                    session.lastUsed(),
                    session.expiresAt()))
        .toList();
  }

  private @Nullable Object endSession(Call call) {
    endSession(call, call.path("id"));
    return null;
  }

  /// Ends one of the caller's sessions.
  public void endSession(Call call, String id) {
    end(call, Kind.SESSION, self(call).id(), id, "session.end", "session");
  }

  /// Enough of a digest to tell secrets apart, too little to be of use.
  private static String id(Credential credential) {
    return credential.digest().substring(0, 12);
  }

  private void end(
      Call call, Kind kind, @Nullable String holder, String id, String action, String what) {
    Credential found =
        registry.credentials().list(kind, holder).stream()
            .filter(each -> id(each).equals(id))
            .findFirst()
            .orElseThrow(() -> Problem.notFound(what + " with this id"));
    registry.change(
        call.deed(action, found.label(), ""),
        () -> {
          registry.credentials().remove(kind, found.digest());
          return found;
        });
  }

  /// Everybody who has an account.
  public List<Person> users() {
    return registry.accounts().list().stream().map(People::person).toList();
  }

  private static Person person(Account account) {
    return new Person(
        account.id(), account.name(), account.role(), account.disabled(), account.createdAt());
  }

  private Object addUser(Call call) throws IOException {
    return Reply.of(201, add(call));
  }

  /// Adds a user.
  public Person add(Call call) throws IOException {
    NewPerson request = call.body(NewPerson.class);
    String name = name(request.name());
    String hash = hash(request.password(), name);
    Role role = request.role() == null ? Role.VIEWER : request.role();
    Account added =
        registry.change(
            call.deed("user.add", name, role.name()),
            () -> registry.accounts().add(name, role, hash, call.now()));
    return person(added);
  }

  /// Changes a user's role, or disables the user.
  public Person change(Call call) throws IOException {
    PersonChange request = call.body(PersonChange.class);
    Account known = registry.accounts().find(call.path("id"));
    if (known == null) {
      throw Problem.notFound("user with this id");
    }
    var changed =
        new Account(
            known.id(),
            known.name(),
            request.role() == null ? known.role() : request.role(),
            request.disabled() == null ? known.disabled() : request.disabled(),
            known.createdAt());
    registry.change(
        call.deed(
            "user.change", known.name(), changed.role() + (changed.disabled() ? ", disabled" : "")),
        () -> {
          registry.accounts().update(changed);
          registry.credentials().expire(Kind.SESSION, known.id(), call.now());
          if (changed.disabled()) {
            registry.credentials().expire(Kind.API_TOKEN, known.id(), call.now());
          }
          return changed;
        });
    return person(changed);
  }

  /// API tokens, without their secrets.
  public List<Token> tokens() {
    return registry.credentials().list(Kind.API_TOKEN, null).stream()
        .map(
            token ->
                new Token(
                    id(token),
                    token.label(),
                    token.role(),
                    token.prefix(),
                    token.createdAt(),
                    token.lastUsed(),
                    token.expiresAt()))
        .toList();
  }

  private Object issueToken(Call call) throws IOException {
    return Reply.of(201, issue(call));
  }

  /// Issues an API token.
  public IssuedToken issue(Call call) throws IOException {
    NewToken request = call.body(NewToken.class);
    Principal.User self = self(call);
    String name = name(request.name());
    Role role = request.role() == null ? Role.VIEWER : request.role();
    Integer days = request.days();
    Instant expiresAt =
        days == null ? null : call.now().plus(Duration.ofDays(Math.clamp(days, 1, 3650)));
    Secret secret = secrets.next("ct_");
    var token =
        new Credential(
            secret.digest(),
            Kind.API_TOKEN,
            self.id(),
            name,
            role.name(),
            secret.prefix(),
            call.address(),
            call.now(),
            null,
            expiresAt);
    registry.change(
        call.deed("token.issue", name, role.name()),
        () -> {
          registry.credentials().add(token);
          return token;
        });
    return new IssuedToken(id(token), name, secret.text());
  }

  private @Nullable Object revokeToken(Call call) {
    revokeToken(call, call.path("id"));
    return null;
  }

  /// Revokes an API token.
  public void revokeToken(Call call, String id) {
    end(call, Kind.API_TOKEN, null, id, "token.revoke", "token");
  }

  private static String name(@Nullable String name) {
    if (name == null || !name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,63}")) {
      throw Problem.of(
          422,
          "'name' has to begin with a letter or digit, and to have at most "
              + LONGEST_NAME
              + " letters, digits, spaces and . _ @ + -");
    }
    return name;
  }

  private String hash(@Nullable String password, String name) {
    String objection = passwords.objection(password == null ? "" : password, name);
    if (objection != null) {
      throw Problem.of(422, objection);
    }
    return passwords.hash(String.valueOf(password));
  }

  private void limit(Limit limit, String bucket, String what) {
    RateLimits.Verdict verdict = limits.take(limit, bucket);
    if (!verdict.allowed()) {
      throw Problem.later(
          429,
          what + ": try again in " + Math.ceilDiv(verdict.retryAfterSeconds(), 60) + " minutes",
          verdict.retryAfterSeconds(),
          null);
    }
  }
}
