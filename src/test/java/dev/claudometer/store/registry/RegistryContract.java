package dev.claudometer.store.registry;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every registry promises.
public abstract class RegistryContract {

  private Path place;
  private Database database;
  private Database other;
  private Registry registry;

  /// Opens the database at a place, and makes it where there is none.
  protected abstract Database open(Path place);

  /// Changes the database behind the registry's back.
  protected abstract void tamper(Path place, String sql);

  @BeforeEach
  void openTwice(@TempDir Path directory) {
    place = directory.resolve("registry");
    database = open(place);
    other = open(place);
    registry = new SqlRegistry(database);
  }

  @AfterEach
  void close() {
    database.close();
    other.close();
  }

  @Test
  void personIsInOneTeamOrNone() {
    registry.teams().put("ada", "loom");
    registry.teams().put("bo", "loom");
    registry.teams().put("ada", "mill");
    assertThat(registry.teams().byPerson()).isEqualTo(Map.of("ada", "mill", "bo", "loom"));
    registry.teams().put("ada", "");
    assertThat(registry.teams().byPerson()).isEqualTo(Map.of("bo", "loom"));
  }

  @Test
  void viewIsSeenByItsOwnerAndWhereItIsSharedByAll() {
    SavedView own = registry.views().add(view("zebra", "ada", false));
    SavedView shared = registry.views().add(view("Ape", "bo", true));
    SavedView other = registry.views().add(view("lynx", "bo", false));
    assertThat(own.id()).startsWith("v_").isNotEqualTo(shared.id());
    assertThat(registry.views().seenBy("ada")).containsExactly(shared, own);
    assertThat(registry.views().seenBy("bo")).containsExactly(shared, other);
    assertThat(registry.views().list()).containsExactly(shared, other, own);
    var renamed =
        new SavedView(own.id(), "it's <b>", "/models?by=%27", "7-days", "", true, own.createdAt());
    registry.views().update(renamed);
    assertThat(registry.views().find(own.id())).isEqualTo(renamed);
    registry.views().remove(own.id());
    assertThat(registry.views().find(own.id())).isNull();
    assertThat(new SqlRegistry(database).views().seenBy("nobody")).containsExactly(shared);
  }

  private static SavedView view(String name, String owner, boolean shared) {
    return new SavedView("", name, "/sessions?sort=cost", "", owner, shared, NOON);
  }

  @Test
  void noteIsToldOfItsDayToItsAuthorAndWhereItIsSharedToAll() {
    LocalDate day = LocalDate.parse("2026-11-12");
    DayNote late = registry.notes().add(note(day.plusDays(1), "release 2.1", "bo", true, 0));
    DayNote second = registry.notes().add(note(day, "holiday", "ada", false, 5));
    DayNote first = registry.notes().add(note(day, "it's <b>", "ada", true, 3));
    DayNote hidden = registry.notes().add(note(day, "only bo's", "bo", false, 4));
    assertThat(registry.notes().seenBy("ada", day, day.plusDays(1)))
        .containsExactly(first, second, late);
    assertThat(registry.notes().seenBy("nobody", day, day)).containsExactly(first);
    assertThat(registry.notes().seenBy("ada", day.minusDays(9), day.minusDays(1))).isEmpty();
    assertThat(registry.notes().of("bo")).containsExactly(hidden, late);
    var changed = new DayNote(hidden.id(), day.minusDays(400), "x", "", true, hidden.createdAt());
    registry.notes().update(changed);
    assertThat(registry.notes().find(hidden.id())).isEqualTo(changed);
    registry.notes().remove(hidden.id());
    assertThat(registry.notes().find(hidden.id())).isNull();
  }

  private static DayNote note(LocalDate day, String text, String author, boolean shared, int at) {
    return new DayNote("", day, text, author, shared, NOON.plusSeconds(at));
  }

  @Test
  void tokenHasNeverMoreThanItsOwnersRole() {
    assertThat(Role.ADMIN.least(Role.LEAD)).isEqualTo(Role.LEAD);
    assertThat(Role.VIEWER.least(Role.LEAD)).isEqualTo(Role.LEAD);
    assertThat(Role.FINANCE.least(Role.LEAD)).isEqualTo(Role.LEAD);
    assertThat(Role.FINANCE.least(Role.VIEWER)).isEqualTo(Role.VIEWER);
    assertThat(Role.FINANCE.least(Role.ADMIN)).isEqualTo(Role.FINANCE);
    assertThat(Role.ADMIN.least(Role.ADMIN)).isEqualTo(Role.ADMIN);
  }

  @Test
  void deviceKeepsItsIdWhenItIsRenamed() {
    Device device = registry.devices().add("laptop", "host-1", "ada", NOON);
    registry
        .devices()
        .update(new Device(device.id(), "tower", "host-1", "bob", NOON, null, "", false, null));
    Device renamed = Objects.requireNonNull(registry.devices().find(device.id()));
    assertThat(renamed.name()).isEqualTo("tower");
    assertThat(renamed.owner()).isEqualTo("bob");
    assertThat(registry.devices().list()).containsExactly(renamed);
  }

  @Test
  void laterDevicesHaveGreaterIds() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(registry.devices().add("d", "h", "", NOON.plusMillis(i)).id().text());
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("d_[0-9a-z]{26}"));
  }

  @Test
  void lastReportAndLastUseAreNoted() {
    DeviceId id = registry.devices().add("d", "h", "", NOON).id();
    registry
        .devices()
        .seen(
            Map.of(
                id, new Devices.Sighting(NOON.plusSeconds(5), "agent/2", Duration.ofSeconds(-3))));
    assertThat(device(id).lastSeen()).isEqualTo(NOON.plusSeconds(5));
    assertThat(device(id).agent()).isEqualTo("agent/2");
    registry.devices().seen(Map.of(id, new Devices.Sighting(NOON.plusSeconds(6), "agent/2", null)));
    assertThat(device(id).clockAhead())
        .as("what is not said again, stays")
        .isEqualTo(Duration.ofSeconds(-3));
    registry.devices().seen(Map.of(id, new Devices.Sighting(NOON.plusSeconds(5), "agent/2", null)));
    registry.credentials().add(credential("aa", Kind.DEVICE_KEY, null));
    registry.credentials().used(Map.of("aa", NOON.plusSeconds(7)));
    assertThat(registry.credentials().list(Kind.DEVICE_KEY, "holder"))
        .extracting(Credential::lastUsed)
        .containsExactly(NOON.plusSeconds(7));
  }

  private Device device(DeviceId id) {
    return Objects.requireNonNull(registry.devices().find(id));
  }

  @Test
  void secretIsInForceUntilItExpires() {
    registry.credentials().add(credential("aa", Kind.DEVICE_KEY, NOON.plusSeconds(60)));
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "aa", NOON)).isNotNull();
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "aa", NOON.plusSeconds(60))).isNull();
    assertThat(registry.credentials().find(Kind.API_TOKEN, "aa", NOON)).isNull();
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "ab", NOON)).isNull();
  }

  @Test
  void rotationLeavesTheOldKeyInForceForAWhile() {
    registry.credentials().add(credential("old", Kind.DEVICE_KEY, null));
    registry.credentials().expire(Kind.DEVICE_KEY, "holder", NOON.plusSeconds(60));
    registry.credentials().add(credential("new", Kind.DEVICE_KEY, null));
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "old", NOON)).isNotNull();
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "old", NOON.plusSeconds(61))).isNull();
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "new", NOON.plusSeconds(61)))
        .isNotNull();
    registry.credentials().expire(Kind.DEVICE_KEY, "holder", NOON.plusSeconds(600));
    assertThat(registry.credentials().find(Kind.DEVICE_KEY, "old", NOON.plusSeconds(61)))
        .as("an end does not move back")
        .isNull();
    registry.credentials().sweep(NOON.plusSeconds(61));
    assertThat(registry.credentials().list(Kind.DEVICE_KEY, "holder")).hasSize(1);
  }

  @Test
  void codeIsRedeemedOnceHoweverManyTryAtTheSameTime() throws Exception {
    var second = new SqlRegistry(other);
    for (int round = 0; round < 10; round++) {
      String digest = "code" + round;
      registry.credentials().add(credential(digest, Kind.ENROLMENT_CODE, NOON.plusSeconds(600)));
      try (var pool = Executors.newFixedThreadPool(4)) {
        List<Future<@Nullable Credential>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Registry one = i % 2 == 0 ? registry : second;
          tries.add(
              pool.submit(
                  () ->
                      one.change(
                          deed("redeem"),
                          () -> one.credentials().redeem(Kind.ENROLMENT_CODE, digest, NOON))));
        }
        int redeemed = 0;
        for (var each : tries) {
          redeemed += each.get() == null ? 0 : 1;
        }
        assertThat(redeemed).isEqualTo(1);
      }
    }
    assertThat(registry.auditLog().verify()).isEmpty();
    assertThat(registry.auditLog().before(Long.MAX_VALUE, 1000)).hasSize(80);
  }

  @Test
  void codeOfThreeMachinesIsRedeemedThreeTimes() {
    Credential one = credential("many", Kind.ENROLMENT_CODE, NOON.plusSeconds(600));
    registry
        .credentials()
        .add(
            new Credential(
                one.digest(),
                one.kind(),
                one.holder(),
                one.label(),
                one.role(),
                one.prefix(),
                one.address(),
                one.createdAt(),
                one.lastUsed(),
                one.expiresAt(),
                3));
    for (int left = 3; left > 0; left--) {
      Credential redeemed = registry.credentials().redeem(Kind.ENROLMENT_CODE, "many", NOON);
      assertThat(redeemed).isNotNull();
      assertThat(redeemed.uses()).isEqualTo(left);
    }
    assertThat(registry.credentials().redeem(Kind.ENROLMENT_CODE, "many", NOON)).isNull();
  }

  @Test
  void nameIsTakenOnce() {
    registry.accounts().add("ada", Role.ADMIN, "hash", NOON);
    assertThatThrownBy(() -> registry.accounts().add("ada", Role.VIEWER, "x", NOON))
        .isInstanceOf(Accounts.NameTaken.class);
  }

  @Test
  void lastAdministratorStaysOne() {
    Account ada = registry.accounts().add("ada", Role.ADMIN, "hash", NOON);
    Account bob = registry.accounts().add("bob", Role.ADMIN, "hash", NOON);
    registry.accounts().update(new Account(bob.id(), "bob", Role.VIEWER, false, NOON));
    assertThatThrownBy(
            () ->
                registry.change(
                    deed("demote"),
                    () -> {
                      registry
                          .accounts()
                          .update(new Account(ada.id(), "ada", Role.ADMIN, true, NOON));
                      return ada;
                    }))
        .isInstanceOf(Accounts.LastAdmin.class);
    assertThat(Objects.requireNonNull(registry.accounts().find(ada.id())).disabled()).isFalse();
    assertThat(registry.auditLog().before(Long.MAX_VALUE, 10))
        .as("what failed was not done")
        .isEmpty();
  }

  @Test
  void passwordStandsApartFromTheAccount() {
    Account ada = registry.accounts().add("ada", Role.ADMIN, "hash-1", NOON);
    registry.accounts().password(ada.id(), "hash-2");
    assertThat(registry.accounts().password(ada.id())).isEqualTo("hash-2");
    assertThat(ada.toString()).doesNotContain("hash");
  }

  @Test
  void changedOrMissingAuditEntryIsFound() {
    for (int i = 0; i < 5; i++) {
      registry.change(deed("rename " + i), () -> "done");
    }
    assertThat(registry.auditLog().verify()).isEmpty();
    assertThat(registry.auditLog().before(4, 2))
        .extracting(AuditEntry::number)
        .containsExactly(3L, 2L);
    tamper(place, "UPDATE audit SET detail = 'nothing' WHERE number = 2");
    assertThat(registry.auditLog().verify()).containsExactly("audit entry 2 was changed");
    tamper(place, "DELETE FROM audit WHERE number = 4");
    assertThat(registry.auditLog().verify()).contains("audit entry 4 is missing");
    tamper(place, "DELETE FROM audit");
    assertThat(registry.auditLog().verify()).containsExactly("the last audit entries are missing");
  }

  @Test
  void jobIsDoneByOneAtATime() {
    var second = new SqlRegistry(other);
    assertThat(registry.lease("sweep", "server-1", NOON, Duration.ofMinutes(1))).isTrue();
    assertThat(second.lease("sweep", "server-2", NOON, Duration.ofMinutes(1))).isFalse();
    assertThat(registry.lease("sweep", "server-1", NOON.plusSeconds(30), Duration.ofMinutes(1)))
        .isTrue();
    assertThat(second.lease("sweep", "server-2", NOON.plusSeconds(80), Duration.ofMinutes(1)))
        .isFalse();
    assertThat(second.lease("sweep", "server-2", NOON.plusSeconds(90), Duration.ofMinutes(1)))
        .isTrue();
    assertThat(second.lease("other", "server-2", NOON, Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void settingsAreKept() {
    registry.setting("timezone", "UTC");
    registry.setting("timezone", "Europe/Berlin");
    assertThat(registry.settings()).containsEntry("timezone", "Europe/Berlin").hasSize(1);
  }

  private static Credential credential(String digest, Kind kind, @Nullable Instant expiresAt) {
    return new Credential(
        digest, kind, "holder", "label", "", "dk_abc", "127.0.0.1", NOON, null, expiresAt);
  }

  private static Deed deed(String action) {
    return new Deed("user ada", "127.0.0.1", action, "subject", "detail", NOON);
  }
}
