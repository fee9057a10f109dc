package dev.claudometer.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All variables that are read, by what they are about.
public final class Variables {

  /// The lists by their headings on the page.
  public static final Map<String, List<Variable>> BY_TOPIC = byTopic();

  private static final Map<String, Variable> BY_NAME =
      BY_TOPIC.values().stream()
          .flatMap(List::stream)
          .collect(Collectors.toMap(Variable::name, Function.identity()));

  private Variables() {}

  private static Map<String, List<Variable>> byTopic() {
    var topics = new LinkedHashMap<String, List<Variable>>();
    topics.put("Places", PlaceVariables.ALL);
    topics.put("Terminal", TerminalVariables.ALL);
    topics.put("Server", ServerVariables.ALL);
    topics.put("Exporters", ExporterVariables.ALL);
    topics.put("What an organisation is billed", OrganizationVariables.ALL);
    topics.put("Plan limits and other quotas", LimitVariables.ALL);
    topics.put("Pushing by OpenTelemetry", PushVariables.ALL);
    topics.put("Between the launcher and the program", LauncherVariables.ALL);
    return topics;
  }

  /// The variable of a name.
  ///
  /// @throws NullPointerException where none has it: nobody may read what is not on the list
  public static Variable named(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name);
  }
}
