package dev.claudometer.pricing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a spelled id says that a cloud's endpoint is bound to a region or a geography.
///
/// | spelling | bound |
/// |---|---|
/// | `us.anthropic.…`, `eu.anthropic.…`, `us-gov.anthropic.…` | yes |
/// | `global.anthropic.…`, wherever it stands | no |
/// | `arn:aws:bedrock:us-east-1::foundation-model/anthropic.…` | yes, by the ARN's region field |
/// | `bedrock/us-east-1/anthropic.…` | yes |
/// | `projects/p/locations/europe-west1/…`, `…/locations/global/…` | yes, no |
/// | `anthropic.claude-…`, `claude-…@20250929` | not told: the global price |
final class Region {

  private static final Pattern PREFIX = Pattern.compile("^([a-z]+(?:-[a-z]+)?)\\.(?=anthropic\\.)");
  private static final Pattern ARN = Pattern.compile("(?:^|/)arn:[^:]*:bedrock:([^:]*):");
  private static final Pattern LOCATION = Pattern.compile("(?:^|/)locations/([^/]+)/");

  /// A region as a segment of a path: `us-east-1`, `us-gov-west-1`, `europe-west1`.
  private static final Pattern SEGMENT = Pattern.compile("(?:^|/)[a-z]+(?:-[a-z]+)+-?\\d+/");

  private Region() {}

  /// @param id in lower case, with its path
  static boolean binds(String id) {
    Matcher prefix = PREFIX.matcher(id.substring(id.lastIndexOf('/') + 1));
    if (prefix.find()) {
      return !prefix.group(1).equals("global");
    }
    Matcher arn = ARN.matcher(id);
    if (arn.find()) {
      return !arn.group(1).isEmpty();
    }
    Matcher location = LOCATION.matcher(id);
    return location.find() ? !location.group(1).equals("global") : SEGMENT.matcher(id).find();
  }

  /// An id without its geography in front.
  ///
  /// @param name an id without its path
  static String without(String name) {
    return PREFIX.matcher(name).replaceFirst("");
  }
}
