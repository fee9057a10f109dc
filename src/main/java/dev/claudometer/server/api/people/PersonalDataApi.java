package dev.claudometer.server.api.people;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.report.Question;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Point;
import dev.claudometer.store.SessionPage;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.Step;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.Where;
import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.AuditEntry;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is stored about a person: all of it as a file, and its deletion.
public final class PersonalDataApi {

  private static final int PAGE = 1_000;
  private static final Step DAYS = new Step(Duration.ofDays(1), Duration.ZERO);
  private static final List<Kind> OF_AN_ACCOUNT =
      List.of(Kind.SESSION, Kind.KNOWN_BROWSER, Kind.API_TOKEN);

  private final Registry registry;
  private final UsageQueries store;

  public PersonalDataApi(Registry registry, UsageQueries store) {
    this.registry = registry;
    this.store = store;
  }

  /// A secret that the person holds, without the secret.
  public record Held(
      String kind,
      String label,
      String address,
      Instant createdAt,
      @Nullable Instant lastUsed,
      @Nullable Instant expiresAt) {}

  /// A machine of the person.
  public record OwnDevice(
      String id, String name, String hostname, Instant enrolledAt, @Nullable Instant lastSeen) {}

  /// What a machine used of a model in a project on a UTC day.
  public record Day(
      Instant day, DeviceId device, ProjectName project, String model, Totals totals) {}

  /// A session on a machine of the person.
  public record OwnSession(String session, Instant first, Instant last) {}

  /// A view that the person keeps under a name.
  public record OwnView(
      String name, String address, String period, boolean everybody, Instant createdAt) {}

  /// What the person wrote on a day.
  public record OwnNote(String day, String text, boolean everybody, Instant createdAt) {}

  /// All that is stored about a person.
  ///
  /// @param account null for somebody who only owns machines
  /// @param audit what the person has done, and what was done to the account
  public record PersonalData(
      String person,
      String team,
      UsersApi.@Nullable Person account,
      List<Held> held,
      List<OwnDevice> devices,
      List<Day> usage,
      List<OwnSession> sessions,
      List<OwnView> views,
      List<OwnNote> notes,
      List<AuditEntry> audit) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/people/{person}/data",
            Access.ADMIN,
            "All that is stored about a person",
            call -> data(call, call.path("person"))),
        Route.delete(
            "/api/v1/people/{person}",
            Access.ADMIN,
            "Delete a person: the account, its secrets, and the names of its machines",
            this::delete));
  }

  /// All that is stored about a person, as a file.
  public Reply data(Call call, String person) {
    Account account = registry.accounts().named(person);
    List<Device> devices = devices(person);
    known(person, account, devices);
    Where where =
        Where.ANY.and(
            Dimension.DEVICE,
            devices.stream().map(device -> device.id().text()).collect(Collectors.toSet()));
    var data =
        new PersonalData(
            person,
            registry.teams().byPerson().getOrDefault(person, ""),
            account == null ? null : UsersApi.person(account),
            held(account),
            devices.stream()
                .map(
                    device ->
                        new OwnDevice(
                            device.id().text(),
                            device.name(),
                            device.hostname(),
                            device.enrolledAt(),
                            device.lastSeen()))
                .toList(),
            days(where),
            sessions(where),
            views(person),
            notes(person),
            audit(person));
    registry.change(call.deed("person.export", person, ""), () -> person);
    return new Reply(
        200, Map.of("Content-Disposition", "attachment; filename=\"person.json\""), data);
  }

  private List<Device> devices(String person) {
    return registry.devices().list().stream()
        .filter(device -> !person.isEmpty() && device.owner().equals(person))
        .toList();
  }

  private void known(String person, @Nullable Account account, List<Device> devices) {
    boolean member = registry.teams().byPerson().containsKey(person);
    if (account == null && devices.isEmpty() && !member) {
      throw Problem.notFound("person with this name");
    }
  }

  private List<Held> held(@Nullable Account account) {
    return account == null
        ? List.of()
        : OF_AN_ACCOUNT.stream()
            .flatMap(kind -> registry.credentials().list(kind, account.id()).stream())
            .map(PersonalDataApi::held)
            .toList();
  }

  private static Held held(Credential credential) {
    return new Held(
        credential.kind().name(),
        credential.label(),
        credential.address(),
        credential.createdAt(),
        credential.lastUsed(),
        credential.expiresAt());
  }

  private List<Day> days(Where where) {
    Set<Dimension> by = Set.of(Dimension.DEVICE, Dimension.PROJECT, Dimension.MODEL);
    return store.series(TimeRange.ALL, DAYS, where, by).stream().map(PersonalDataApi::day).toList();
  }

  private static Day day(Point point) {
    return new Day(
        Question.floor(point.at()),
        point.slice().device(),
        point.slice().project(),
        point.slice().model(),
        point.slice().totals());
  }

  private List<OwnSession> sessions(Where where) {
    List<OwnSession> sessions = new ArrayList<>();
    SessionQuery.@Nullable Cursor after = null;
    do {
      SessionPage page =
          store.sessions(
              new SessionQuery(TimeRange.ALL, where, null, SessionQuery.Order.LAST, after, PAGE));
      page.rows()
          .forEach(
              row -> sessions.add(new OwnSession(row.session().text(), row.first(), row.last())));
      after = page.next();
    } while (after != null);
    return sessions;
  }

  private List<OwnView> views(String person) {
    return registry.views().list().stream()
        .filter(view -> view.owner().equals(person))
        .map(
            view ->
                new OwnView(
                    view.name(), view.address(), view.period(), view.shared(), view.createdAt()))
        .toList();
  }

  private List<OwnNote> notes(String person) {
    return registry.notes().of(person).stream()
        .map(
            note ->
                new OwnNote(note.day().toString(), note.text(), note.shared(), note.createdAt()))
        .toList();
  }

  private List<AuditEntry> audit(String person) {
    List<AuditEntry> found = new ArrayList<>();
    List<AuditEntry> page = registry.auditLog().before(Long.MAX_VALUE, PAGE);
    while (!page.isEmpty()) {
      page.stream()
          .filter(entry -> entry.actor().equals("user " + person) || entry.subject().equals(person))
          .forEach(found::add);
      page = registry.auditLog().before(page.getLast().number(), PAGE);
    }
    return found;
  }

  private @Nullable Object delete(Call call) {
    delete(call, call.path("person"));
    return null;
  }

  /// Deletes a person. What the machines used stays, as that of machines that nobody owns and that
  /// have no other name than their id; the audit log stays as it is. Of views and notes only those
  /// stay that are everybody's, as nobody's; no view that names the person does.
  public void delete(Call call, String person) {
    Account account = registry.accounts().named(person);
    List<Device> devices = devices(person);
    known(person, account, devices);
    registry.change(
        call.deed("person.delete", person, devices.size() + " devices"),
        () -> {
          if (account != null) {
            held(account.id())
                .forEach(each -> registry.credentials().remove(each.kind(), each.digest()));
            registry.accounts().remove(account.id());
          }
          registry.teams().put(person, "");
          devices.forEach(device -> forget(call, device));
          new KeptThings(registry).forget(person);
          return person;
        });
  }

  private List<Credential> held(String account) {
    return OF_AN_ACCOUNT.stream()
        .flatMap(kind -> registry.credentials().list(kind, account).stream())
        .toList();
  }

  private void forget(Call call, Device device) {
    registry.credentials().expire(Kind.DEVICE_KEY, device.id().text(), call.now());
    registry
        .devices()
        .update(
            new Device(
                device.id(),
                device.id().text(),
                "",
                "",
                device.enrolledAt(),
                device.lastSeen(),
                device.agent(),
                true,
                device.clockAhead()));
  }
}
