package dev.claudometer.cli;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.agent.AgentCommand;
import dev.claudometer.cli.export.ExportCommand;
import dev.claudometer.cli.export.ExportLimitsCommand;
import dev.claudometer.cli.export.ExportLocalCommand;
import dev.claudometer.cli.export.ExportOrganizationCommand;
import dev.claudometer.cli.install.CompletionCommand;
import dev.claudometer.cli.install.SelfCheckCommand;
import dev.claudometer.cli.install.StatuslineSetupCommand;
import dev.claudometer.cli.keep.BackupCommand;
import dev.claudometer.cli.keep.DoctorCommand;
import dev.claudometer.cli.keep.ImportCommand;
import dev.claudometer.cli.keep.PricesCommand;
import dev.claudometer.cli.keep.RestoreCommand;
import dev.claudometer.cli.keep.VerifyCommand;
import dev.claudometer.cli.limits.LimitsCommand;
import dev.claudometer.cli.live.LiveCommand;
import dev.claudometer.cli.org.OrgCommand;
import dev.claudometer.cli.org.ReconcileCommand;
import dev.claudometer.cli.serve.ServeCommand;
import dev.claudometer.cli.usage.BlocksCommand;
import dev.claudometer.cli.usage.ExplainCommand;
import dev.claudometer.cli.usage.ModelsCommand;
import dev.claudometer.cli.usage.PeriodCommand;
import dev.claudometer.cli.usage.ProjectsCommand;
import dev.claudometer.cli.usage.SessionCommand;
import dev.claudometer.cli.usage.StatuslineCommand;
import dev.claudometer.cli.usage.WhatIfCommand;
import dev.claudometer.cli.usage.WorkReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/// All commands by name, in the order of the help.
final class Commands {

  static final Set<String> HELP = Set.of("-h", "--help", "help", "completion");

  /// What users of ccusage type behind `claude`.
  private static final List<String> CLAUDE =
      List.of("daily", "weekly", "monthly", "session", "blocks", "statusline");

  static final Map<String, Function<Surroundings, Object>> ALL = all();

  private Commands() {}

  /// The commands that a command line can mean. To describe all of them to picocli takes a fifth of
  /// the time of a short command, so those that are named come alone.
  static Map<String, Function<Surroundings, Object>> wanted(List<String> arguments) {
    boolean help = arguments.stream().anyMatch(HELP::contains);
    boolean named = arguments.stream().anyMatch(ALL::containsKey);
    boolean none = arguments.isEmpty() || arguments.getFirst().startsWith("-");
    if (help || (!named && !none)) {
      return ALL;
    }
    var wanted = new LinkedHashMap<>(ALL);
    wanted.keySet().retainAll(arguments);
    return wanted;
  }

  /// Adds those that are missing, for suggestions.
  static void addAll(CommandLine line, Surroundings surroundings) {
    if (line.getParent() == null) {
      ALL.forEach(
          (name, make) -> {
            if (!line.getSubcommands().containsKey(name)) {
              line.addSubcommand(name, make.apply(surroundings));
            }
          });
    }
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
    all.put("branches", WorkReport.Branches::new);
    all.put("agents", WorkReport.Agents::new);
    all.put("skills", WorkReport.Skills::new);
    all.put("tools", WorkReport.Tools::new);
    all.put("mcp", WorkReport.Mcp::new);
    all.put("live", LiveCommand::new);
    all.put("statusline", StatuslineCommand::new);
    all.put("limits", LimitsCommand::new);
    all.put("org", OrgCommand::commandLine);
    all.put("reconcile", ReconcileCommand::new);
    all.put("what-if", WhatIfCommand::new);
    all.put("explain", ExplainCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("prices", PricesCommand::new);
    all.put("agent", surroundings -> AgentCommand.of(surroundings, new AnsweredCommands()));
    all.put("serve", surroundings -> new ServeCommand(surroundings, new AnsweredCommands()));
    all.put("export", Commands::export);
    all.put("backup", BackupCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("import", ImportCommand::new);
    all.put("self-check", SelfCheckCommand::new);
    all.put("setup-statusline", StatuslineSetupCommand::new);
    all.put("completion", _ -> new CompletionCommand());
    all.put("claude", Commands::claude);
    CLAUDE.forEach(report -> all.put("claude:" + report, all.get(report)));
    all.put("help", _ -> new HelpCommand());
    return Collections.unmodifiableMap(all);
  }

  private static CommandLine export(Surroundings surroundings) {
    return new CommandLine(new ExportCommand())
        .addSubcommand(new ExportLocalCommand(surroundings))
        .addSubcommand(new ExportLimitsCommand(surroundings))
        .addSubcommand(new ExportOrganizationCommand(surroundings));
  }

  private static CommandLine claude(Surroundings surroundings) {
    var claude = new CommandLine(new Claudometer(surroundings)).setCommandName("claude");
    claude
        .getCommandSpec()
        .usageMessage()
        .description("The same reports, for those who type 'ccusage claude daily'.");
    CLAUDE.forEach(
        report ->
            claude.addSubcommand(
                report, Objects.requireNonNull(ALL.get(report)).apply(surroundings)));
    return claude;
  }
}
