package dev.claudometer.cli.text;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer in the three forms that it can be printed in.
public interface Printout {

  /// As JSON: see [Json#print].
  Map<String, @Nullable Object> document();

  /// As CSV.
  Sheet sheet();

  /// As a table, with the notes that belong to it.
  void table(PrintStream out, Style style);
}
