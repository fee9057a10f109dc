package dev.claudometer.source.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events in OTLP's JSON.
public final class JsonEvents {

  private final OtlpJson json;
  private final List<List<ClientEvent>> processes = new ArrayList<>();
  private List<ClientEvent> events = List.of();

  private JsonEvents(OtlpJson json) {
    this.json = json;
  }

  /// What the body tells.
  ///
  /// @throws IOException where the bytes are not JSON, or no object
  public static Telemetry read(InputStream body) throws IOException {
    try (var json = new OtlpJson(body)) {
      var reader = new JsonEvents(json);
      json.request(() -> json.lists("resourceLogs", reader::scopes));
      return Telemetry.of(reader.processes);
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
            case "attributes" -> json.attributes(Allowed::anywhere, attributes::put);
            default -> json.skip();
          }
        });
    long at = nanos[0] == 0 ? nanos[1] : nanos[0];
    events.add(ClientEvent.of(body[0], at, attributes));
  }
}
