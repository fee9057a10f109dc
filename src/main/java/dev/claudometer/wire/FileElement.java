package dev.claudometer.wire;

import dev.claudometer.model.Damage;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `file`: all that is known of one transcript, from its start to the cursor.
///
/// Names stand in lists of objects, not as field names: they are foreign and of any length.
final class FileElement {

  static final String TYPE = "file";

  /// More than any client writes; many names could be chosen so that a map becomes slow.
  private static final int MOST_NAMES = 1_000;

  private FileElement() {}

  static FileRead read(Fields in) {
    String file = in.path("file");
    if (file.isEmpty()) {
      throw in.bad("file", "is empty");
    }
    long offset = in.count("offset");
    var cursor =
        new FileCursor(
            file,
            in.nameOr("identity", ""),
            in.count("size"),
            in.instant("modified"),
            offset,
            in.whole("fingerprint"));
    return new FileRead(
        cursor,
        true,
        offset,
        counts(in, "lineTypes"),
        counts(in, "unknownFields"),
        counts(in, "versions"),
        paths(in),
        damages(in, file));
  }

  private static Map<String, Long> counts(Fields in, String field) {
    Map<String, Long> counts = new HashMap<>();
    names(in, field).forEach(each -> counts.put(each.name("name"), each.count("count")));
    return counts;
  }

  private static Map<ProjectName, String> paths(Fields in) {
    Map<ProjectName, String> paths = new HashMap<>();
    names(in, "projectPaths")
        .forEach(each -> paths.put(new ProjectName(each.name("project")), each.path("path")));
    return paths;
  }

  private static List<Fields> names(Fields in, String field) {
    List<Fields> names = in.list(field);
    if (names.size() > MOST_NAMES) {
      throw in.bad(field, "holds more than " + MOST_NAMES + " names");
    }
    return names;
  }

  private static List<Damage> damages(Fields in, String file) {
    return in.list("damages").stream()
        .map(
            each ->
                new Damage(
                    new Origin.Line(file, each.count("offset")),
                    each.count("bytes"),
                    each.nameOr("why", ""),
                    each.smallCountOr("recovered", 0)))
        .toList();
  }

  static void write(FileRead reading, FieldWriter out) throws IOException {
    FileCursor cursor = reading.cursor();
    out.required("type", TYPE);
    out.required("file", cursor.file());
    out.text("identity", cursor.identity(), "");
    out.required("size", cursor.size());
    out.required("modified", cursor.modified());
    out.required("offset", cursor.offset());
    out.required("fingerprint", cursor.fingerprint());
    write("lineTypes", reading.lineTypes(), out);
    write("unknownFields", reading.unknownFields(), out);
    write("versions", reading.versions(), out);
    out.list(
        "projectPaths",
        new TreeMap<>(reading.projectPaths()).entrySet(),
        each -> {
          out.required("project", each.getKey().text());
          out.required("path", each.getValue());
        });
    out.list("damages", reading.damages(), damage -> write(damage, out));
  }

  private static void write(String field, Map<String, Long> counts, FieldWriter out)
      throws IOException {
    out.list(
        field,
        new TreeMap<>(counts).entrySet(),
        each -> {
          out.required("name", each.getKey());
          out.required("count", each.getValue());
        });
  }

  private static void write(Damage damage, FieldWriter out) throws IOException {
    out.required("offset", damage.origin().offset());
    out.required("bytes", damage.bytes());
    out.text("why", damage.why(), "");
    out.number("recovered", damage.recovered(), 0);
  }
}
