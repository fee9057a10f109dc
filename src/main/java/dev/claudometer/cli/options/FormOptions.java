package dev.claudometer.cli.options;

import dev.claudometer.app.config.TerminalVariables;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.text.Output;
import dev.claudometer.cli.text.Output.Form;
import dev.claudometer.cli.text.Style;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// In which form an answer is printed.
public final class FormOptions {

  @Option(
      names = {"-j", "--json"},
      description = "Print JSON.")
  public boolean json;

  @Option(names = "--csv", description = "Print CSV.")
  public boolean csv;

  @Option(
      names = {"-q", "--jq"},
      paramLabel = "FILTER",
      description = "Print what a jq filter makes of the JSON; jq itself is not needed.")
  @Nullable String filter;

  @Option(names = "--no-cost", description = "Leave out all costs.")
  boolean noCost;

  @Option(names = "--compact", description = "Fewer columns, as on a narrow terminal.")
  boolean compact;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      description = "Number and date format of tables, such as de-DE. Default: 1,234, ISO dates.")
  @Nullable String locale;

  @Option(
      names = "--color",
      negatable = true,
      description = "Use colour or not. Default: on a terminal.")
  @Nullable Boolean color;

  public Output output(Surroundings surroundings) {
    Form form = json || filter != null ? Form.JSON : csv ? Form.CSV : Form.TABLE;
    return new Output(surroundings.out(), form, filter, style(surroundings));
  }

  private Style style(Surroundings surroundings) {
    return new Style(
        surroundings.outColumns(), compact, colored(surroundings), localeOf(), !noCost);
  }

  /// What was typed wins over `NO_COLOR`, that over `FORCE_COLOR`, that over the terminal.
  private boolean colored(Surroundings surroundings) {
    if (color != null) {
      return color;
    }
    if (!TerminalVariables.NO_COLOR.in(surroundings).isEmpty()) {
      return false;
    }
    String force = TerminalVariables.FORCE_COLOR.in(surroundings);
    return force.isEmpty() ? surroundings.outColumns() > 0 : !force.matches("0|false");
  }

  private @Nullable Locale localeOf() {
    if (locale == null) {
      return null;
    }
    try {
      return new Locale.Builder().setLanguageTag(locale).build();
    } catch (IllformedLocaleException unknown) {
      throw new WrongUsage("unknown locale '" + locale + "': use a tag such as de-DE");
    }
  }
}
