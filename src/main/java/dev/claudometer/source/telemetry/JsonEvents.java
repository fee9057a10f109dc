package dev.claudometer.source.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Events in OTLP's JSON.
public final class JsonEvents {

  private final OtlpJson json;
  private final List<List<ClientEvent>> processes = new ArrayList<>();
  private List<ClientEvent> events = List.of();

  private final Predicate<String> wanted;

  private JsonEvents(OtlpJson json, boolean stamped) {
    this.json = json;
    wanted = Allowed.reading(stamped);
  }

  /// What the body tells.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  public static Telemetry read(InputStream body) throws IOException {
    return Telemetry.of(processes(body, false));
  }

  /// What a body tells of each person that a gateway has stamped it with; `""` is nobody.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  public static Map<String, Telemetry> readStamped(InputStream body) throws IOException {
    return Telemetry.byPerson(processes(body, true));
  }

  private static List<List<ClientEvent>> processes(InputStream body, boolean stamped)
      throws IOException {
    try (var json = new OtlpJson(body)) {
      var reader = new JsonEvents(json, stamped);
      json.request(() -> json.lists("resourceLogs", reader::scopes));
      return reader.processes;
    }
  }

  private void scopes() throws IOException {
    events = new ArrayList<>();
    processes.add(events);
    json.lists("scopeLogs", () -> json.lists("logRecords", this::record));
  }

  private void record() throws IOException {
    Map<String, String> attributes = new HashMap<>();
    String[] body = {""};
    long[] nanos = {0, 0};
    json.fields(
        field -> {
          switch (field) {
            case "timeUnixNano" -> nanos[0] = json.nanos();
            case "observedTimeUnixNano" -> nanos[1] = json.nanos();
            case "body" -> {
              String text = json.value();
              body[0] = text == null ? "" : text;
            }
            case "attributes" -> json.attributes(wanted, attributes::put);
            default -> json.skip();
          }
        });
    long at = nanos[0] == 0 ? nanos[1] : nanos[0];
    events.add(ClientEvent.of(body[0], at, attributes));
  }
}
