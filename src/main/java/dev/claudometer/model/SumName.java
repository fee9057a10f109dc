package dev.claudometer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the name of an [Activity] tells whose kind is a sum: `added`, `accept|Edit|Java`; and where
/// the client told it, of which repository and branch: `added|acme/rocket|main`.
///
/// @param parts as many as the kind has, empty where one is not told
/// @param repository `owner/name`, empty where it is not told
/// @param branch empty where it is not told
public record SumName(List<String> parts, String repository, String branch) {

  private static final String BETWEEN = "|";

  public SumName {
    parts = List.copyOf(parts);
  }

  /// Reads a name, as [#text] has written it.
  public static SumName of(ActivityKind kind, String name) {
    List<String> told = new ArrayList<>(Arrays.asList(name.split("\\|", -1)));
    int own = own(kind);
    while (told.size() < own + 2) {
      told.add("");
    }
    return new SumName(told.subList(0, own), told.get(own), told.get(own + 1));
  }

  private static int own(ActivityKind kind) {
    boolean decision = kind == ActivityKind.EDIT_DECISION || kind == ActivityKind.TOOL_DECISION;
    return decision ? 3 : 1;
  }

  /// The name; whatever separates parts becomes a blank within one.
  public String text() {
    List<String> told = new ArrayList<>(parts);
    if (!repository.isEmpty() || !branch.isEmpty()) {
      told.add(repository);
    }
    if (!branch.isEmpty()) {
      told.add(branch);
    }
    return String.join(BETWEEN, told.stream().map(part -> part.replace('|', ' ')).toList());
  }

  /// Who owns the repository: `acme` of `acme/rocket`; empty where that is not told.
  public String owner() {
    return repository.substring(0, Math.max(0, repository.lastIndexOf('/')));
  }

  /// The repository without its owner.
  public String repositoryName() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }
}
