package dev.claudometer.server.api;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;

import dev.claudometer.model.DeviceId;
import dev.claudometer.server.api.people.OwnPassword;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an administrator does only with the own password: takes a copy of everything, or deletes
/// usage, all or one machine's.
public final class UpkeepApi {

  /// What has to be typed before usage is deleted.
  public static final String WORD = "delete all usage";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm").withZone(ZoneOffset.UTC);

  private final UsageStore store;
  private final Registry registry;
  private final Backups backups;
  private final OwnPassword own;

  UpkeepApi(UsageStore store, Registry registry, Backups backups, OwnPassword own) {
    this.store = store;
    this.registry = registry;
    this.backups = backups;
    this.own = own;
  }

  public record BackupRequest(@Nullable String password) {}

  public record ResetRequest(@Nullable String word, @Nullable String password) {}

  /// Whose usage is deleted: `word` is the device's name, exactly.
  public record DeviceResetRequest(@Nullable String word, @Nullable String password) {}

  /// What was deleted.
  public record DeviceReset(String device, String name, long deleted) {}

  /// What a reset would delete.
  ///
  /// @param since of the first response; null where there is none
  public record ResetPreview(long responses, long sessions, @Nullable Instant since) {}

  List<Route> routes() {
    return List.of(
        Route.post(
            "/api/v1/backup",
            Access.ADMIN,
            "A copy of the whole database, as an SQLite file; needs the own password",
            this::backup),
        Route.get("/api/v1/reset", Access.ADMIN, "What a reset would delete", _ -> preview()),
        Route.post(
            "/api/v1/reset",
            Access.ADMIN,
            "Delete all usage; needs the words '" + WORD + "' and the own password",
            this::reset),
        Route.post(
            "/api/v1/devices/{id}/reset",
            Access.ADMIN,
            "Delete the usage of one machine; needs its name and the own password",
            this::resetDevice));
  }

  /// The copy, as a file to keep.
  public Reply backup(Call call) throws IOException {
    own.check(call, call.body(BackupRequest.class).password());
    Path copy = backups.make();
    registry.change(call.deed("backup.download", "", Files.size(copy) + " bytes"), () -> copy);
    return new Reply(
        200,
        Map.of(
            "Content-Type",
            "application/vnd.sqlite3",
            "Content-Disposition",
            "attachment; filename=\"claudometer-" + MINUTE.format(call.now()) + ".db\""),
        Files.newInputStream(copy, READ, DELETE_ON_CLOSE));
  }

  public ResetPreview preview() {
    TimeRange extent = store.extent();
    long responses =
        store.sums(TimeRange.ALL, Set.of()).stream()
            .mapToLong(slice -> slice.totals().responses())
            .sum();
    return new ResetPreview(
        responses, store.sessionCount(TimeRange.ALL), extent == null ? null : extent.from());
  }

  /// Deletes all usage.
  public ResetPreview reset(Call call) throws IOException {
    ResetRequest request = call.body(ResetRequest.class);
    if (!WORD.equals(request.word())) {
      throw Problem.of(422, "'word' has to be: " + WORD);
    }
    own.check(call, request.password());
    ResetPreview deleted = preview();
    registry.change(
        call.deed("usage.reset", deleted.responses() + " responses", ""),
        () -> {
          store.clear();
          return deleted;
        });
    return deleted;
  }

  /// Deletes the usage of one machine; its keys and its name stay.
  public DeviceReset resetDevice(Call call) throws IOException {
    DeviceResetRequest request = call.body(DeviceResetRequest.class);
    Device device = registry.devices().find(new DeviceId(call.path("id")));
    if (device == null) {
      throw Problem.notFound("device with this id");
    }
    if (!device.name().equals(request.word())) {
      throw Problem.of(422, "'word' has to be the device's name: " + device.name());
    }
    own.check(call, request.password());
    return registry.change(
        call.deed("device.reset", device.id().text(), device.name()),
        () -> new DeviceReset(device.id().text(), device.name(), store.clear(device.id())));
  }
}
