package dev.claudometer.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `verify`: proves that the store's sums are the sums of its events.
@Command(
    name = "verify",
    description =
        "Check the local store: its integrity, and that every sum is the sum of its events.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return LocalData.use(
        surroundings,
        home,
        data -> {
          List<String> problems = data.store().verify();
          problems.forEach(problem -> surroundings.err().println("claudometer: " + problem));
          if (problems.isEmpty()) {
            surroundings.out().println("Sound: " + data.file());
          } else {
            surroundings
                .err()
                .println("claudometer: move " + data.file() + " aside; the next run rebuilds it");
          }
          return problems.isEmpty() && !data.rebuilt() ? Claudometer.DONE : Claudometer.FAILED;
        });
  }
}
