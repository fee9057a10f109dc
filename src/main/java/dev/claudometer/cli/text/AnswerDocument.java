package dev.claudometer.cli.text;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers that have the shape in which they are told, as the API tells them: a record is an object
/// with its components.
final class AnswerDocument {

  private AnswerDocument() {}

  static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Record record when !(isText(record) || record instanceof Usd) -> object(record);
      case Usd amount -> amount.dollars();
      case List<?> list -> list.stream().map(AnswerDocument::value).toList();
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case LocalDate day -> day.toString();
      case YearMonth month -> month.toString();
      case ZoneId zone -> zone.getId();
      default -> isText(value) ? value.toString() : value;
    };
  }

  private static boolean isText(Object value) {
    return value instanceof SessionId || value instanceof DeviceId || value instanceof ProjectName;
  }

  static Map<String, @Nullable Object> object(Record record) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        object.put(component.getName(), value(component.getAccessor().invoke(record)));
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(component.getName(), impossible);
      }
    }
    return object;
  }
}
