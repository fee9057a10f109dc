package dev.claudometer.cli.org;

import dev.claudometer.app.process.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `org`: what Anthropic says about a whole organisation.
@Command(
    name = "org",
    description = {
      "What Anthropic says your organisation used and was billed. Without a command: daily.",
      "Needs an admin key (sk-ant-admin…) in CLAUDOMETER_ADMIN_KEY or APIKEY."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class OrgCommand extends OrganizationCommand {

  private OrgCommand(Surroundings surroundings) {
    super(surroundings, false);
  }

  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new OrgCommand(surroundings))
        .addSubcommand(new OrganizationCommand.Daily(surroundings))
        .addSubcommand(new OrganizationCommand.Monthly(surroundings))
        .addSubcommand(new SpendLimitsCommand(surroundings));
  }
}
