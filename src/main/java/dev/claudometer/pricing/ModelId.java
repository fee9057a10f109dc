package dev.claudometer.pricing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ids under which a model may stand in the price book, best first.
///
/// Bedrock, Vertex and proxies spell ids in their own ways. What is left after undoing that is
/// looked up whole: a model is never given the price of a neighbour.
///
/// @param candidates ids to look up, in this order: with their path first, because proxies sell
///   other makers' models at their own prices
/// @param regional true for an endpoint that is bound to a region, as [Region] finds it
/// @param fast true where a proxy offers a model's fast mode as a model: `claude-opus-4.6-fast`
record ModelId(List<String> candidates, boolean regional, boolean fast) {

  private static final Pattern CONTEXT = Pattern.compile("\\[[^\\]]*\\]$");
  private static final Pattern REVISION = Pattern.compile("-v\\d+(:\\d+)?$");
  private static final Pattern VERSION_DOT = Pattern.compile("(?<=\\d)\\.(?=\\d)");
  private static final Pattern DATE = Pattern.compile("-20\\d{6}$");

  /// OpenRouter's variants of one model at one price. `:free` is not among them: it has another.
  private static final Pattern VARIANT =
      Pattern.compile(":(beta|thinking|self-moderated|nitro|floor)$");

  /// Other proxies' spelling of `:thinking`.
  private static final Pattern THINKING = Pattern.compile("(?<=^claude-.{1,80})-thinking$");

  /// `claude-opus-4.8-fast`, also with a date behind it.
  private static final Pattern FAST = Pattern.compile("(?<=^claude-.{1,80})-fast(?=$|-20\\d{6}$)");

  /// `claude-4-opus-20250514`, as LiteLLM writes it. Generation 3 really has its number first.
  private static final Pattern NUMBER_FIRST =
      Pattern.compile("^claude-([4-9](?:-\\d)?)-([a-z]+)(-.*)?$");

  static ModelId of(String spelled) {
    String path = spelled.strip().toLowerCase(Locale.ROOT);
    boolean regional = Region.binds(path);
    path = VARIANT.matcher(CONTEXT.matcher(path).replaceFirst("")).replaceFirst("");
    List<String> candidates = new ArrayList<>();
    for (int slash = -1; path.indexOf('/', slash + 1) >= 0; slash = path.indexOf('/', slash + 1)) {
      candidates.add(path.substring(slash + 1));
    }
    String id = Region.without(path.substring(path.lastIndexOf('/') + 1));
    id = id.startsWith("anthropic.") ? id.substring("anthropic.".length()) : id;
    id = THINKING.matcher(id).replaceFirst("");
    Matcher fast = FAST.matcher(id);
    boolean asFast = fast.find();
    id = fast.replaceFirst("");
    String plain = plain(id);
    Collections.addAll(candidates, id, plain, undated(plain));
    return new ModelId(List.copyOf(candidates), regional, asFast);
  }

  /// The id as Anthropic would spell it, its date included.
  String plain() {
    return candidates.get(candidates.size() - 2);
  }

  private static String plain(String id) {
    String plain =
        id.endsWith("@default") ? id.substring(0, id.length() - 8) : id.replace('@', '-');
    plain = REVISION.matcher(plain).replaceFirst("");
    plain = VERSION_DOT.matcher(plain).replaceAll("-");
    Matcher numberFirst = NUMBER_FIRST.matcher(plain);
    return numberFirst.matches()
        ? "claude-"
            + numberFirst.group(2)
            + "-"
            + numberFirst.group(1)
            + (numberFirst.group(3) == null ? "" : numberFirst.group(3))
        : plain;
  }

  /// Without its date or `-latest`.
  static String undated(String id) {
    return id.endsWith("-latest")
        ? id.substring(0, id.length() - "-latest".length())
        : DATE.matcher(id).replaceFirst("");
  }
}
