package dev.claudometer.wire;

import dev.claudometer.wire.body.Excerpt;
import dev.claudometer.wire.body.UnusableBody;
import java.io.IOException;
import java.io.InputStream;

/// What a server says of a request that it refuses, made harmless for a terminal and a log.
public final class ProblemText {

  private static final int LONGEST = 200;

  private ProblemText() {}

  /// The `detail` or the `title` of a problem+json body; empty where the body is something else.
  public static String of(InputStream body) {
    try {
      Fields problem = JsonBody.answer(body);
      return Excerpt.of(problem.nameOr("detail", problem.nameOr("title", "")), LONGEST);
    } catch (IOException | UnusableBody | BadElement somethingElse) {
      return "";
    }
  }
}
