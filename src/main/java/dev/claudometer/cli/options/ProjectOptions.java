package dev.claudometer.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Splitting and filtering by project.
public final class ProjectOptions {

  @Option(
      names = {"-i", "--instances"},
      description = "Split by project.")
  public boolean instances;

  @Option(
      names = {"-p", "--project"},
      paramLabel = "NAME",
      description = "Only this project: its directory's name below 'projects', or its path.")
  public @Nullable String project;
}
