package dev.claudometer.cli.keep;

import dev.claudometer.app.PriceLists;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.PriceList;
import dev.claudometer.json.PrintedJson;
import dev.claudometer.model.Cause;
import dev.claudometer.pricing.LeftOut;
import dev.claudometer.pricing.PriceUpdate;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `prices`: shows and refreshes the price book.
@Command(
    name = "prices",
    description = "The price book: list it, or update it from a file or from LiteLLM's list.",
    mixinStandardHelpOptions = true)
public final class PricesCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  public PricesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return list(false);
  }

  @Command(
      description = "Every model with its prices in dollars per million tokens.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = {"-j", "--json"},
              description = "Print JSON.")
          boolean json) {
    var books = PriceBooks.of(surroundings);
    ClaudeHome.Search search =
        ClaudeHome.find(List.of(), surroundings.environment(), surroundings.userHome());
    books
        .look(search.homes(), surroundings.clock().instant())
        .forEach(note -> surroundings.err().println("claudometer: " + note));
    var list = new PriceList(books.book().rows());
    if (json) {
      PrintedJson.print(surroundings.out(), list.document());
    } else {
      list.print(surroundings.out(), new ReportOptions().output(surroundings).style());
      list.served().forEach(row -> surroundings.out().println(row.id() + ": " + row.source()));
      surroundings.out().println(books.customised() ? "As updated by you." : "Built in.");
    }
    return Exit.DONE;
  }

  @Command(
      description =
          "Replace the price book in use, after checking it; the built-in one stays in the jar.",
      mixinStandardHelpOptions = true)
  int update(
      @Option(
              names = "--from",
              paramLabel = "FILE",
              description = "A price book in the form of prices.json.")
          @Nullable Path from,
      @Option(
              names = "--from-litellm",
              paramLabel = "FILE-or-URL",
              description =
                  "LiteLLM's model_prices_and_context_window.json: adds models that the built-in"
                      + " book lacks.")
          @Nullable String fromLiteLlm,
      @Option(
              names = "--all-providers",
              description =
                  "With --from-litellm: add the models of other makers too, for use behind a"
                      + " proxy.")
          boolean allProviders,
      @Option(names = "--reset", description = "Go back to the built-in book.") boolean reset) {
    StateDirectory state = StateDirectory.of(surroundings);
    int sources = (from == null ? 0 : 1) + (fromLiteLlm == null ? 0 : 1) + (reset ? 1 : 0);
    if (sources != 1) {
      throw new WrongUsage(
          "prices update takes one of --from FILE, --from-litellm FILE-or-URL, --reset");
    }
    if (allProviders && fromLiteLlm == null) {
      throw new WrongUsage("--all-providers belongs to --from-litellm FILE-or-URL");
    }
    try {
      if (reset) {
        Files.deleteIfExists(state.prices());
        surroundings.out().println("The built-in prices are in use.");
        return Exit.DONE;
      }
      PriceUpdate update =
          from != null ? own(from) : liteLlm(String.valueOf(fromLiteLlm), allProviders);
      state.create();
      update.write(state.prices());
      say(update, state.prices());
      return Exit.DONE;
    } catch (IOException failure) {
      throw new Failed("cannot update the prices: " + Cause.of(failure), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failed("interrupted; the prices are as they were", stopped);
    }
  }

  private void say(PriceUpdate update, Path file) {
    update
        .rejected()
        .forEach(model -> surroundings.err().println("claudometer: rejected " + model));
    surroundings
        .out()
        .println(
            update.rows().size()
                + " models in "
                + file
                + ": "
                + update.added().size()
                + " beyond the built-in book, "
                + update.kept().size()
                + " of the source overridden by it, "
                + update.rejected().size()
                + " rejected");
    update.leftOut().forEach((why, entries) -> sayLeftOut(entries, why));
  }

  private void sayLeftOut(int entries, LeftOut why) {
    String hint = why == LeftOut.OTHER_MAKER ? " (--all-providers takes them)" : "";
    surroundings.out().println("  left out: " + entries + " " + why.words() + hint);
  }

  private static PriceUpdate own(Path file) throws IOException {
    try (InputStream in = open(file)) {
      return PriceUpdate.fromFile(in, file.toString());
    }
  }

  private static PriceUpdate liteLlm(String place, boolean allMakers)
      throws IOException, InterruptedException {
    try (InputStream in =
        place.startsWith("https://") || place.startsWith("http://")
            ? PriceLists.fetch(place)
            : open(Path.of(place))) {
      return PriceUpdate.fromLiteLlm(in, place, allMakers);
    }
  }

  private static InputStream open(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new Failed("no readable file " + file);
    }
    return Files.newInputStream(file);
  }
}
