package dev.claudometer.server.api;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.MonthSeals;
import dev.claudometer.store.registry.AuditEntry;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Settings, retention, the audit log, and the proof that sums are right.
public final class SettingsApi {

  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final Registry registry;
  private final Settings settings;
  private final UsageStore store;
  private final MonthSeals seals;

  SettingsApi(Registry registry, Settings settings, UsageStore store, MonthSeals seals) {
    this.registry = registry;
    this.settings = settings;
    this.store = store;
    this.seals = seals;
  }

  public record Audit(List<AuditEntry> entries, @Nullable Long next) {}

  public record Verification(boolean sound, List<String> problems) {}

  /// How long responses are kept.
  ///
  /// @param days responses older than this are deleted; their sums stay
  public record Retention(@Nullable Integer days) {}

  public record RetentionPreview(Instant before, long responses) {}

  public record RetentionDone(Instant before, long deleted) {}

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/settings", Access.VIEWER, "The settings", this::all),
        Route.patch("/api/v1/settings", Access.ADMIN, "Change settings", this::change),
        Route.get(
            "/api/v1/retention",
            Access.ADMIN,
            "How many responses a retention of 'days' would delete",
            this::preview),
        Route.post(
            "/api/v1/retention",
            Access.ADMIN,
            "Delete responses older than 'days' now; their sums stay",
            this::forget),
        Route.get("/api/v1/audit", Access.ADMIN, "Who changed what, the latest first", this::audit),
        Route.post(
            "/api/v1/verify",
            Access.ADMIN,
            "Prove that sums are those of the responses, and that the audit log and the seals of"
                + " closed months are whole",
            this::verify));
  }

  private Map<String, String> all(Call call) {
    return settings.all();
  }

  /// Changes the settings that the caller sends; none of them where one is wrong.
  public Map<String, String> change(Call call) throws IOException {
    Map<?, ?> request = call.body(Map.class);
    for (var change : request.entrySet()) {
      String name = String.valueOf(change.getKey());
      String objection =
          change.getValue() == null
              ? "'" + name + "' has no value"
              : Settings.objection(name, String.valueOf(change.getValue()));
      if (objection != null) {
        throw Problem.of(422, objection);
      }
    }
    for (var change : request.entrySet()) {
      String name = String.valueOf(change.getKey());
      String value = String.valueOf(change.getValue());
      registry.change(
          call.deed("setting.change", name, value),
          () -> {
            registry.setting(name, value);
            return value;
          });
    }
    return settings.all();
  }

  private static Instant before(Call call, int days) {
    return call.now().minus(Duration.ofDays(days));
  }

  public RetentionPreview preview(Call call) {
    int days = call.number("days", 0, 36_500);
    if (days < 1) {
      throw Problem.of(422, "'days' has to be a number from 1 on");
    }
    Instant before = before(call, days);
    long responses =
        store.sums(new TimeRange(store.standing().horizon(), before), Set.of()).stream()
            .mapToLong(slice -> slice.totals().responses())
            .sum();
    return new RetentionPreview(before, responses);
  }

  public RetentionDone forget(Call call) throws IOException {
    Integer days = call.body(Retention.class).days();
    if (days == null || days < 1 || days > 36_500) {
      throw Problem.of(422, "'days' has to be a number from 1 on");
    }
    Instant before = before(call, days);
    registry.change(call.deed("retention.run", days + " days", ""), () -> days);
    return new RetentionDone(before, store.forget(before));
  }

  public Audit audit(Call call) {
    int limit = Math.max(1, call.number("limit", USUAL_PAGE, LARGEST_PAGE));
    List<AuditEntry> entries = registry.auditLog().before(before(call), limit);
    boolean more = entries.size() == limit && entries.getLast().number() > 1;
    return new Audit(entries, more ? entries.getLast().number() : null);
  }

  /// All entries from the one on that the caller asks for, fetched as they are read.
  public Stream<AuditEntry> wholeAudit(Call call) {
    return Stream.iterate(
            registry.auditLog().before(before(call), LARGEST_PAGE),
            entries -> !entries.isEmpty(),
            entries -> registry.auditLog().before(entries.getLast().number(), LARGEST_PAGE))
        .flatMap(List::stream);
  }

  private static int before(Call call) {
    return call.number("before", Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  public Verification verify(Call call) {
    List<String> problems = new ArrayList<>(store.verify());
    problems.addAll(registry.auditLog().verify());
    problems.addAll(seals.brokenSeals());
    return new Verification(problems.isEmpty(), problems);
  }
}
