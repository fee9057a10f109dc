package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everybody who has an account.
public final class UsersApi {

  private final Registry registry;
  private final Passwords passwords;

  public UsersApi(Registry registry, Passwords passwords) {
    this.registry = registry;
    this.passwords = passwords;
  }

  public record Person(String id, String name, Role role, boolean disabled, Instant createdAt) {}

  public record NewPerson(@Nullable String name, @Nullable String password, @Nullable Role role) {}

  public record PersonChange(@Nullable Role role, @Nullable Boolean disabled) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/users", Access.ADMIN, "The users", _ -> Map.of("users", users())),
        Route.post("/api/v1/users", Access.ADMIN, "Add a user", this::addUser),
        Route.patch(
            "/api/v1/users/{id}",
            Access.ADMIN,
            "Change a user's role, or disable the user",
            this::change));
  }

  /// Everybody who has an account.
  public List<Person> users() {
    return registry.accounts().list().stream().map(UsersApi::person).toList();
  }

  static Person person(Account account) {
    return new Person(
        account.id(), account.name(), account.role(), account.disabled(), account.createdAt());
  }

  private Object addUser(Call call) throws IOException {
    return Reply.of(201, add(call));
  }

  /// Adds a user.
  public Person add(Call call) throws IOException {
    NewPerson request = call.body(NewPerson.class);
    String name = NewNames.name(request.name());
    String hash = NewNames.hash(passwords, request.password(), name);
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
}
