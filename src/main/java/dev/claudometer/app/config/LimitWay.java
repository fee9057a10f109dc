package dev.claudometer.app.config;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ways to learn of quotas that go over the network: each only where a person wants it.
public enum LimitWay {
  /// Claude Code, by its control request of this name.
  GET_USAGE("get_usage"),
  /// The endpoint of Claude Code's `/usage`, with its token.
  OAUTH("oauth"),
  /// claude.ai, with cookies from a cookie service.
  CLAUDE_AI("claude.ai"),
  OPENROUTER("openrouter"),
  COPILOT("copilot");

  private final String word;

  LimitWay(String word) {
    this.word = word;
  }

  /// Reads `oauth,openrouter`; what is none of them is a problem of the values.
  public static Set<LimitWay> among(@Nullable Given list, Values values) {
    Set<LimitWay> ways = EnumSet.noneOf(LimitWay.class);
    if (list == null) {
      return ways;
    }
    for (String part : list.value().split(",", -1)) {
      String wanted = part.strip().toLowerCase(Locale.ROOT);
      Stream.of(values())
          .filter(way -> way.word.equals(wanted))
          .findFirst()
          .ifPresentOrElse(
              ways::add,
              () ->
                  values.problem(
                      list.name() + ": '" + part.strip() + "' is not one of " + words()));
    }
    return ways;
  }

  /// Those that are listed; without a list, those that have what they need, or a part of it.
  public static Set<LimitWay> configured(@Nullable Given list, Values values) {
    if (list != null) {
      return among(list, values);
    }
    Set<LimitWay> ways = EnumSet.noneOf(LimitWay.class);
    if (values.given(LimitVariables.COOKIEJAR_URL) != null
        || values.given(LimitVariables.ORGANIZATION_ID) != null) {
      ways.add(CLAUDE_AI);
    }
    if (values.given(LimitVariables.OPENROUTER_KEY) != null) {
      ways.add(OPENROUTER);
    }
    return ways;
  }

  private static String words() {
    return Stream.of(values()).map(way -> way.word).collect(Collectors.joining(", "));
  }
}
