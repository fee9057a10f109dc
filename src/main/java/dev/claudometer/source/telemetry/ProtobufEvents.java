package dev.claudometer.source.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Events in OTLP's binary form.
public final class ProtobufEvents {

  private ProtobufEvents() {}

  /// What the body tells.
  ///
  /// @throws IOException where the bytes are not a request of logs
  public static Telemetry read(byte[] body) throws IOException {
    return read(request(body));
  }

  /// What a body tells of each person that a gateway has stamped it with; `""` is nobody.
  ///
  /// @throws IOException where the bytes are not a request of logs
  public static Map<String, Telemetry> readStamped(byte[] body) throws IOException {
    return readStamped(request(body));
  }

  /// What a request tells of each person that a gateway has stamped it with; `""` is nobody.
  public static Map<String, Telemetry> readStamped(ExportLogsServiceRequest request) {
    return Telemetry.byPerson(processes(request, Allowed.reading(true)));
  }

  private static ExportLogsServiceRequest request(byte[] body) throws IOException {
    try {
      return ExportLogsServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException notLogs) {
      throw new IOException("the body is not an OTLP request of logs", notLogs);
    }
  }

  public static Telemetry read(ExportLogsServiceRequest request) {
    return Telemetry.of(processes(request, Allowed.reading(false)));
  }

  private static List<List<ClientEvent>> processes(
      ExportLogsServiceRequest request, Predicate<String> wanted) {
    List<List<ClientEvent>> processes = new ArrayList<>();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      List<ClientEvent> events = new ArrayList<>();
      Map<String, String> shared = shared(resource.getResource());
      processes.add(events);
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord record : scope.getLogRecordsList()) {
          events.add(event(record, wanted, shared));
        }
      }
    }
    return processes;
  }

  /// What stands at a resource and is said of all that it has.
  static Map<String, String> shared(Resource resource) {
    return texts(resource.getAttributesList(), Allowed::ofResource);
  }

  /// The attributes that are wanted.
  static Map<String, String> texts(List<KeyValue> told, Predicate<String> wanted) {
    Map<String, String> attributes = new HashMap<>();
    for (KeyValue attribute : told) {
      String value = wanted.test(attribute.getKey()) ? text(attribute.getValue()) : null;
      if (value != null) {
        attributes.put(attribute.getKey(), value);
      }
    }
    return attributes;
  }

  private static ClientEvent event(
      LogRecord record, Predicate<String> wanted, Map<String, String> shared) {
    Map<String, String> attributes = texts(record.getAttributesList(), wanted);
    shared.forEach(attributes::putIfAbsent);
    String name = record.getEventName();
    String named = name.isEmpty() ? record.getBody().getStringValue() : name;
    long at =
        record.getTimeUnixNano() == 0 ? record.getObservedTimeUnixNano() : record.getTimeUnixNano();
    return ClientEvent.of(
        named.length() <= Allowed.LONGEST_VALUE ? named : "", Math.max(0, at), attributes);
  }

  /// A scalar as a text; null where it is none, or too long for one that we know.
  static @Nullable String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE ->
          value.getStringValue().length() <= Allowed.LONGEST_VALUE ? value.getStringValue() : null;
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> null;
    };
  }
}
