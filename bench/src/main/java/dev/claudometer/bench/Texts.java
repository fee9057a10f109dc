package dev.claudometer.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Text to fill transcripts with, written and escaped once and cut at line ends ever after.
final class Texts {
  private static final int POOL_BYTES = 4 << 20;
  private static final List<String> WORDS =
      List.of(
          ("anchor archive badge balance barrel beacon binding block branch bridge bucket bundle button canvas"
                  + " carrier chart circle clock cluster coin column compass copper corner crate cursor degree delta"
                  + " desk dial digest dock draft drawer echo edge engine fabric ferry field filter flag fleet folder"
                  + " forge frame garden gate gauge glass grain graph grid guard harbor hinge horizon index island"
                  + " ivory jacket journal kernel kettle ladder lantern layer ledger lever library lock lumber magnet"
                  + " margin marker meadow meter mirror module motor needle nickel notch number oak orbit order packet"
                  + " paddle panel parcel pebble pencil pillar pivot planet plate pocket portal prism pulley quarry"
                  + " queue rail record relay ribbon ridge river rocket rope rotor saddle sample screen segment shelf"
                  + " signal slate socket spark spindle spring stamp station stone stream switch table tablet temple"
                  + " thread ticket timber token tower track tunnel turbine valve vault vector vessel village wagon"
                  + " water wheel willow window winter yard yarn")
              .split(" "));
  private static final List<String> BEYOND_ASCII =
      List.of(
          "Überlauf",
          "señal",
          "→ ✓",
          "\u201cnu\u201d",
          "計測",
          "данные",
          "🚀",
          "naïve",
          "… —",
          "使用量");

  private final Pool code;
  private final Pool numbered;
  private final Pool prose;
  private final byte[] base64;

  Texts(long seed) {
    Dice dice = new Dice(seed, "texts");
    code = fill(dice, false, false);
    numbered = fill(dice, true, false);
    prose = fill(dice, false, true);
    base64 = new byte[POOL_BYTES];
    byte[] alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < base64.length; i++) {
      base64[i] = alphabet[dice.below(64)];
    }
  }

  static String word(Dice dice) {
    return dice.pick(WORDS);
  }

  static String typeName(Dice dice) {
    return capital(word(dice)) + capital(word(dice));
  }

  /// Lines as a tool prints them: code, logs, paths, JSON, control characters.
  Slice code(Dice dice, int length) {
    return code.cut(dice, length);
  }

  /// The same with the line numbers of the Read tool.
  Slice numbered(Dice dice, int length) {
    return numbered.cut(dice, length);
  }

  Slice prose(Dice dice, int length) {
    return prose.cut(dice, length);
  }

  Slice base64(Dice dice, int length) {
    int from = dice.below(base64.length - length);
    return new Slice(base64, from, from + length);
  }

  private static Pool fill(Dice dice, boolean numbers, boolean sentences) {
    Bytes text = new Bytes();
    int[] ends = new int[POOL_BYTES / 16];
    int lines = 0;
    while (text.size() < POOL_BYTES) {
      if (numbers) {
        text.put("%", " ".repeat(3) + (1 + lines % 2000) + "→");
      }
      text.put("%", escape(sentences ? sentence(dice) : line(dice) + "\n"));
      ends[lines++] = text.size();
    }
    return new Pool(text.copy(0, text.size()).array(), Arrays.copyOf(ends, lines));
  }

  private static String sentence(Dice dice) {
    StringBuilder text = new StringBuilder(capital(word(dice)));
    for (int i = dice.between(5, 28); i > 0; i--) {
      text.append(' ').append(dice.chance(.03) ? dice.pick(BEYOND_ASCII) : word(dice));
    }
    return text.append(". ").toString();
  }

  private static String line(Dice dice) {
    String indent = "  ".repeat(dice.below(6));
    String a = word(dice);
    String b = word(dice);
    String type = typeName(dice);
    int n = dice.below(5000);
    return switch (dice.weighted(16, 14, 12, 12, 9, 6, 4, 5, 3, 2, 5, 12)) {
      case 0 ->
          indent + "private final " + type + " " + a + " = new " + type + "(" + b + ", " + n + ");";
      case 1 ->
          indent
              + "let "
              + a
              + " = await "
              + b
              + ".find(\""
              + a
              + "/"
              + b
              + "\", { limit: "
              + n
              + " });";
      case 2 ->
          indent
              + "if ("
              + a
              + "."
              + b
              + "() != null && "
              + a
              + " > "
              + n
              + ") { return \""
              + b
              + "\\n\"; }";
      case 3 ->
          "2026-09-14 12:31:"
              + (10 + n % 50)
              + " WARN ["
              + a
              + "-"
              + n % 9
              + "] "
              + type
              + " took "
              + n
              + " ms";
      case 4 ->
          "src/main/"
              + a
              + "/"
              + b
              + "/"
              + type
              + ".java:"
              + n
              + ":\t  "
              + a
              + " "
              + b
              + "("
              + type
              + " it) {";
      // What a reader of usage looks for, inside a string where it means nothing.
      case 5 ->
          "{\"type\":\"assistant\",\"id\":null,\"usage\":{\"input_tokens\":"
              + n
              + ",\"output_tokens\":7},\"speed\":null}";
      case 6 ->
          "\"requestId\": \"req_"
              + a
              + "\", \"message\": { \"id\": \"msg_"
              + b
              + "\", \"n\": ["
              + n
              + "] },";
      case 7 ->
          indent
              + "// "
              + dice.pick(BEYOND_ASCII)
              + " "
              + a
              + " "
              + dice.pick(BEYOND_ASCII)
              + " "
              + b;
      case 8 -> "C:\\work\\" + a + "\\" + type + ".cs(" + n + "): warning: " + b;
      case 9 -> "\u001b[3" + n % 8 + "m" + a + "\u001b[0m " + b;
      case 10 -> "";
      default -> indent + sentence(dice);
    };
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static String escape(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default ->
            json.append(
                c < ' ' ? "\\u00" + HexFormat.of().toHexDigits((byte) c) : String.valueOf(c));
      }
    }
    return json.toString();
  }

  /// Lines one after the other, with the position behind each.
  private record Pool(byte[] text, int[] ends) {

    /// Whole lines of about `length` bytes together, at least one.
    Slice cut(Dice dice, int length) {
      int latest = Math.max(1, text.length - length - 4096);
      int first = lineEndingBefore(dice.below(latest));
      int last = Math.max(first + 1, lineEndingBefore(ends[first] + length));
      return new Slice(text, ends[first], ends[last]);
    }

    private int lineEndingBefore(int position) {
      int found = Arrays.binarySearch(ends, position);
      return Math.max(0, found >= 0 ? found : -found - 2);
    }
  }
}
