package dev.claudometer.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What the command line asks for.
///
/// @param end the last UTC day
/// @param damage whether to write lines that hold usage in forms that other readers are known to
///   lose
record Options(Path out, long size, int files, int days, long seed, LocalDate end, boolean damage) {

  static final String USAGE =
      "usage: GenerateHome --out DIR [--size 1GB] [--files N] [--days 60] [--seed 42]"
          + " [--end 2026-10-31] [--damage]";
  private static final long BYTES_PER_FILE = 416_000;

  /// @throws IllegalArgumentException with a sentence for the user
  static Options parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    given.put("--size", "1GB");
    given.put("--days", "60");
    given.put("--seed", "42");
    given.put("--end", "2026-10-31");
    boolean damage = false;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--damage")) {
        damage = true;
      } else if (arguments[i].matches("--(out|size|files|days|seed|end)")
          && i + 1 < arguments.length) {
        given.put(arguments[i], arguments[++i]);
      } else {
        throw new IllegalArgumentException("unknown or incomplete option " + arguments[i]);
      }
    }
    if (!given.containsKey("--out")) {
      throw new IllegalArgumentException("--out is missing");
    }
    long size = bytes(given.get("--size"));
    String files = given.getOrDefault("--files", "" + Math.max(1, size / BYTES_PER_FILE));
    return new Options(
        Path.of(given.get("--out")),
        size,
        Integer.parseInt(files),
        Integer.parseInt(given.get("--days")),
        Long.parseLong(given.get("--seed")),
        LocalDate.parse(given.get("--end")),
        damage);
  }

  /// `1.5GB` → 1,500,000,000
  private static long bytes(String text) {
    String number = text.toUpperCase(Locale.ROOT).replaceFirst("B$", "");
    int unit = "KMG".indexOf(number.charAt(number.length() - 1));
    double value = Double.parseDouble(unit < 0 ? number : number.substring(0, number.length() - 1));
    return (long) (value * Math.pow(1000, unit + 1));
  }
}
