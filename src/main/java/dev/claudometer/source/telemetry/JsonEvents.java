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
  private List<Read> records = List.of();

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

  /// The resource may stand behind its records.
  private void scopes() throws IOException {
    records = new ArrayList<>();
    Map<String, String> resource = new HashMap<>();
    json.fields(
        field -> {
          switch (field) {
            case "resource" ->
                json.object(() -> json.inner("attributes", Allowed::ofResource, resource::put));
            case "scopeLogs" -> json.list(() -> json.lists("logRecords", this::record));
            default -> json.skip();
          }
        });
    processes.add(records.stream().map(record -> record.of(resource)).toList());
  }

  /// A record whose resource is not known yet.
  private record Read(String named, long nanos, Map<String, String> attributes) {

    private ClientEvent of(Map<String, String> resource) {
      resource.forEach(attributes::putIfAbsent);
      return ClientEvent.of(named, nanos, attributes);
    }
  }

  private void record() throws IOException {
    Map<String, String> attributes = new HashMap<>();
    String[] named = {"", ""};
    long[] nanos = {0, 0};
    json.fields(
        field -> {
          switch (field) {
            case "timeUnixNano" -> nanos[0] = json.nanos();
            case "observedTimeUnixNano" -> nanos[1] = json.nanos();
            case "body" -> {
              String text = json.value();
              named[0] = text == null ? "" : text;
            }
            case "eventName" -> named[1] = json.scalar();
            case "attributes" -> json.attributes(wanted, attributes::put);
            default -> json.skip();
          }
        });
    long at = nanos[0] == 0 ? nanos[1] : nanos[0];
    records.add(new Read(named[1].isEmpty() ? named[0] : named[1], at, attributes));
  }
}
