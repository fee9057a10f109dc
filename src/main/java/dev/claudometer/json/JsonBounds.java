package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/// What JSON may at most be made of, whoever wrote it: no reader is held for long, or filled.
///
/// @param depth of objects and lists in each other
/// @param longestText in characters
/// @param longestName of a field, in characters
public record JsonBounds(int depth, int longestText, int longestName) {

  /// A number that takes more is none.
  public static final int LONGEST_NUMBER = 64;

  /// For files and answers; a path may be a name.
  public static final JsonBounds USUAL = new JsonBounds(64, 64 * 1024, 8 * 1024);

  /// What reads and writes within them.
  public JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(LONGEST_NUMBER)
                .maxStringLength(longestText)
                .maxNameLength(longestName)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        // a lone surrogate has no form in UTF-8, but one as an escape
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .build();
  }
}
