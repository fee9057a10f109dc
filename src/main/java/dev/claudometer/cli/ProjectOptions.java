package dev.claudometer.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Splitting and filtering by project.
final class ProjectOptions {

  @Option(
      names = {"-i", "--instances"},
      description = "Split by project.")
  boolean instances;

  @Option(
      names = {"-p", "--project"},
      paramLabel = "NAME",
      description = "Only this project: its directory's name below 'projects', or its path.")
  @Nullable String project;
}
