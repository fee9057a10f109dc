package dev.claudometer.cli.agent;

import dev.claudometer.agent.forward.HttpLink;
import dev.claudometer.agent.forward.Parcel;
import dev.claudometer.agent.forward.ServerLink.Answer;
import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.store.Changes;
import dev.claudometer.wire.Machine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `agent test`: asks the server whether it would take this machine's usage.
@Command(
    name = "test",
    description = "Ask the server whether it knows this machine and takes deliveries.",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  TestCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = AgentFiles.of(surroundings).read();
    try (var link = new HttpLink(config.server(), config.key(), surroundings.clock())) {
      Machine machine = link.machine();
      surroundings
          .out()
          .println(
              config.server()
                  + " knows this machine as '"
                  + machine.name()
                  + "' ("
                  + machine.id()
                  + ").");
      var nothing = new Changes(List.of(), List.of(), 0, false);
      switch (link.deliver(Parcel.of("claudometer/" + Version.text(), null, nothing))) {
        case Answer.Taken _ -> surroundings.out().println("It takes deliveries.");
        case Answer.NotNow(String why, _) -> throw new Failed(why);
        case Answer.KeyRefused(String why) -> throw new Failed(why);
        case Answer.TooLarge(String why) -> throw new Failed(why);
      }
      return 0;
    } catch (HttpLink.Refused refused) {
      throw new Failed(String.valueOf(refused.getMessage()), refused);
    }
  }
}
