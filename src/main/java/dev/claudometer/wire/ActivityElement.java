package dev.claudometer.wire;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.wire.body.Excerpt;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/// `activity`: a prompt, an error, a compaction, …
final class ActivityElement {

  static final String TYPE = "activity";

  private ActivityElement() {}

  static Activity read(Fields in) {
    return new Activity(
        kind(in),
        in.id("key"),
        in.instant("at"),
        new SessionId(in.name("session")),
        new ProjectName(in.name("project")),
        in.nameOr("name", ""),
        in.countOr("value", 0));
  }

  private static ActivityKind kind(Fields in) {
    String word = in.name("kind");
    return Arrays.stream(ActivityKind.values())
        .filter(kind -> word(kind).equals(word))
        .findAny()
        .orElseThrow(() -> in.bad("kind", "is unknown: " + Excerpt.quoted(word)));
  }

  static void write(Activity activity, FieldWriter out) throws IOException {
    out.required("type", TYPE);
    out.required("kind", word(activity.kind()));
    out.required("key", activity.key());
    out.required("at", activity.at());
    out.required("session", activity.session().text());
    out.required("project", activity.project().text());
    out.text("name", activity.name(), "");
    out.number("value", activity.value(), 0);
  }

  private static String word(ActivityKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
