package dev.claudometer.cli;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.agent.AgentCommand;
import dev.claudometer.cli.export.ExportCommand;
import dev.claudometer.cli.export.ExportLimitsCommand;
import dev.claudometer.cli.export.ExportLocalCommand;
import dev.claudometer.cli.export.ExportOrganizationCommand;
import dev.claudometer.cli.keep.BackupCommand;
import dev.claudometer.cli.keep.DoctorCommand;
import dev.claudometer.cli.keep.ImportCommand;
import dev.claudometer.cli.keep.PricesCommand;
import dev.claudometer.cli.keep.RestoreCommand;
import dev.claudometer.cli.keep.VerifyCommand;
import dev.claudometer.cli.limits.LimitsCommand;
import dev.claudometer.cli.org.OrgCommand;
import dev.claudometer.cli.serve.ServeCommand;
import dev.claudometer.cli.usage.BlocksCommand;
import dev.claudometer.cli.usage.ExplainCommand;
import dev.claudometer.cli.usage.ModelsCommand;
import dev.claudometer.cli.usage.PeriodCommand;
import dev.claudometer.cli.usage.ProjectsCommand;
import dev.claudometer.cli.usage.SessionCommand;
import dev.claudometer.cli.usage.StatuslineCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// All commands by name, in the order of the help.
final class Commands {

  private static final Map<String, Function<Surroundings, Object>> ALL = all();

  private Commands() {}

  /// The commands that a command line can mean. To describe all of them to picocli takes a fifth of
  /// the time of a short command, so the one that is named comes alone.
  static Map<String, Function<Surroundings, Object>> wanted(String... arguments) {
    if (arguments.length == 0) {
      return Map.of();
    }
    Function<Surroundings, Object> named = ALL.get(arguments[0]);
    return named == null ? ALL : Map.of(arguments[0], named);
  }

  private static Map<String, Function<Surroundings, Object>> all() {
    var all = new LinkedHashMap<String, Function<Surroundings, Object>>();
    all.put("daily", PeriodCommand.Daily::new);
    all.put("weekly", PeriodCommand.Weekly::new);
    all.put("monthly", PeriodCommand.Monthly::new);
    all.put("session", SessionCommand::new);
    all.put("blocks", BlocksCommand::new);
    all.put("projects", ProjectsCommand::new);
    all.put("models", ModelsCommand::new);
    all.put("statusline", StatuslineCommand::new);
    all.put("limits", LimitsCommand::new);
    all.put("org", OrgCommand::commandLine);
    all.put("explain", ExplainCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("prices", PricesCommand::new);
    all.put("agent", AgentCommand::of);
    all.put("serve", ServeCommand::new);
    all.put("export", Commands::export);
    all.put("backup", BackupCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("import", ImportCommand::new);
    return Collections.unmodifiableMap(all);
  }

  private static CommandLine export(Surroundings surroundings) {
    return new CommandLine(new ExportCommand())
        .addSubcommand(new ExportLocalCommand(surroundings))
        .addSubcommand(new ExportLimitsCommand(surroundings))
        .addSubcommand(new ExportOrganizationCommand(surroundings));
  }
}
