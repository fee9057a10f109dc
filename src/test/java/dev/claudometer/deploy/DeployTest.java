package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.export.ExportLimitsCommand;
import dev.claudometer.cli.export.ExportLocalCommand;
import dev.claudometer.cli.serve.ServeCommand;
import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/// What `deploy` says of containers fits the program.
@Tag("process")
class DeployTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final List<String> COMPOSE =
      List.of("docker-compose.yml", "docker-compose.exporter.yml", "docker-compose.limits.yml");
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path directory;

  @Test
  void everyContainersCommandIsUnderstood() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String file : COMPOSE) {
      for (Map<String, Object> service : ours(file)) {
        commands.add(texts(service.get("command")));
      }
    }
    commands.add(texts(container().get("args")));
    String image = Files.readString(DEPLOY.resolve("docker/Dockerfile"));
    commands.add(
        texts(new ObjectMapper().readValue(image.substring(image.lastIndexOf("[")), List.class)));
    assertThat(commands).hasSize(6);
    for (List<String> command : commands) {
      assertThat(options(command)).as("%s", command).contains("--listen", "--allow-plain-http");
    }
  }

  /// In a container nobody types commands.
  private record Nobody() implements Answering {

    @Override
    public boolean onlyAsks(Surroundings asker, List<String> arguments) {
      return false;
    }

    @Override
    public boolean ofTheStore(List<String> arguments) {
      return false;
    }

    @Override
    public int run(Surroundings asker, List<String> arguments) {
      throw new AssertionError(arguments);
    }
  }

  /// Fails where one is not known.
  private static List<String> options(List<String> command) {
    Surroundings surroundings = surroundings();
    int words = command.getFirst().equals("serve") ? 1 : 2;
    Object named =
        switch (String.join(" ", command.subList(0, words))) {
          case "serve" -> new ServeCommand(surroundings, new Nobody());
          case "export local" -> new ExportLocalCommand(surroundings);
          case "export limits" -> new ExportLimitsCommand(surroundings);
          default -> throw new AssertionError(command);
        };
    return new CommandLine(named)
            .parseArgs(command.subList(words, command.size()).toArray(String[]::new))
            .matchedOptions()
            .stream()
            .map(option -> option.longestName())
            .toList();
  }

  @Test
  void everyFileThatIsMountedIsThere() throws IOException {
    for (String file : COMPOSE) {
      for (Map<String, Object> service : services(file).values()) {
        for (Object volume : list(service.getOrDefault("volumes", List.of()))) {
          if (volume instanceof String text && text.startsWith("./")) {
            assertThat(DEPLOY.resolve(text.substring(2, text.indexOf(':')))).exists();
          }
        }
      }
    }
  }

  @Test
  void containersMayDoNoMoreThanTheyMust() throws IOException {
    for (String file : COMPOSE) {
      assertThat(services(file).values())
          .allSatisfy(
              service ->
                  assertThat(service)
                      .containsEntry("read_only", true)
                      .containsEntry("cap_drop", List.of("ALL"))
                      .containsEntry("security_opt", List.of("no-new-privileges:true")));
      for (Map<String, Object> service : ours(file)) {
        assertThat(service).containsKey("user");
        assertThat(list(service.get("volumes")).stream().filter(Map.class::isInstance))
            .hasSizeLessThan(2)
            .allSatisfy(home -> assertThat(map(home)).containsEntry("read_only", true));
      }
    }
    assertThat(map(container().get("securityContext")))
        .containsEntry("readOnlyRootFilesystem", true)
        .containsEntry("allowPrivilegeEscalation", false);
    assertThat(Files.readString(DEPLOY.resolve("docker/Dockerfile"))).contains("\nUSER 10001");
  }

  @Test
  void noPortIsOpenToOtherMachinesUnlessAskedFor() throws IOException {
    for (String file : COMPOSE) {
      for (Map<String, Object> service : services(file).values()) {
        for (String port : texts(service.getOrDefault("ports", List.of()))) {
          assertThat(port).startsWith("${CLAUDOMETER_BIND:-127.0.0.1}:");
        }
      }
    }
  }

  @Test
  void everyVariableOfAComposeFileStandsInTheExample() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String file : COMPOSE) {
      Matcher variable =
          Pattern.compile("\\$\\{([A-Z_]+)").matcher(Files.readString(DEPLOY.resolve(file)));
      variable.results().forEach(found -> used.add(found.group(1)));
    }
    used.remove("HOME");
    Set<String> example =
        Files.readAllLines(DEPLOY.resolve(".env.example")).stream()
            .filter(line -> line.matches("[A-Z_]+=.*"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(example).isEqualTo(used);
  }

  @Test
  void prometheusTakesItsConfiguration() throws Exception {
    Run check =
        run(
            Map.of(),
            RealPrometheus.installed("promtool").toString(),
            "check",
            "config",
            "--syntax-only",
            DEPLOY.resolve("prometheus/prometheus.yml").toString());
    assertThat(check.code()).as(check.said()).isZero();
  }

  @Test
  void startingWithoutDockerTranscriptsOrPasswordIsRefusedInOneSentence() throws Exception {
    Path start = copy();
    Map<String, String> bare = new HashMap<>(Map.of("HOME", directory.toString()));
    assertThat(run(bare, start.toString(), "--all"))
        .isEqualTo(
            new Run(1, "start.sh: '--all' is not understood: --exporter, --stop, or nothing\n"));
    Path empty = Files.createDirectory(directory.resolve("no-programs"));
    for (String program : List.of("sh", "dirname")) {
      Files.createSymbolicLink(empty.resolve(program), RealPrometheus.installed(program));
    }
    bare.put("PATH", empty.toString());
    assertThat(run(bare, start.toString()).said()).contains("needs Docker").hasLineCount(1);
    docker();
    bare.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    assertThat(run(bare, start.toString()).said()).contains("no transcripts in").hasLineCount(1);
    Files.createDirectories(directory.resolve(".claude/projects"));
    assertThat(run(bare, start.toString()).said()).contains("needs a password").hasLineCount(1);
    assertThat(calls()).noneMatch(call -> call.contains(" up "));
  }

  @Test
  void startingMakesASecretForScrapesOnceAndStartsWhatWasAskedFor() throws Exception {
    Path start = copy();
    docker();
    Files.createDirectories(directory.resolve(".claude/projects"));
    var environment =
        Map.of(
            "HOME",
            directory.toString(),
            "PATH",
            directory.resolve("bin") + ":" + System.getenv("PATH"),
            "GRAFANA_ADMIN_PASSWORD",
            PASSWORD);
    assertThat(run(environment, start.toString(), "--exporter").code()).isZero();
    Path token = directory.resolve("deploy/secrets/metrics-token");
    assertThat(token).doesNotExist();
    Run all = run(environment, start.toString());
    assertThat(all.code()).as(all.said()).isZero();
    assertThat(all.said()).contains("http://localhost:3000", "http://localhost:3001");
    String made = Files.readString(token);
    assertThat(made).matches("[0-9a-f]{64}");
    assertThat(Files.getPosixFilePermissions(token.resolveSibling("."))).hasSize(3);
    assertThat(run(environment, start.toString()).code()).isZero();
    assertThat(token).hasContent(made);
    assertThat(run(environment, start.toString(), "--stop").code()).isZero();
    assertThat(calls())
        .containsExactly(
            "compose version",
            "compose -f docker-compose.exporter.yml up -d --build",
            "compose version",
            "compose -f docker-compose.yml up -d --build",
            "compose version",
            "compose -f docker-compose.yml up -d --build",
            "compose version",
            "compose -f docker-compose.exporter.yml down",
            "compose -f docker-compose.yml down");
    assertThat(String.join("\n", calls())).doesNotContain(PASSWORD);
  }

  @Test
  void homeIsMeantFromWhereTheCallerStands() throws Exception {
    Path start = copy();
    docker();
    Files.writeString(
        directory.resolve("bin/docker"),
        "echo \"home $CLAUDE_HOME\" >>'" + directory.resolve("calls") + "'\n",
        StandardOpenOption.APPEND);
    Files.createDirectories(directory.resolve("mine/projects"));
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    var environment =
        Map.of(
            "CLAUDE_HOME",
            "../mine",
            "PATH",
            directory.resolve("bin") + ":" + System.getenv("PATH"));
    Run run = run(environment, "sh", "-c", "cd '" + elsewhere + "' && '" + start + "' --exporter");
    assertThat(run.code()).as(run.said()).isZero();
    assertThat(calls()).contains("home " + elsewhere + "/../mine");
  }

  /// Start script and all that it starts, where nobody else uses it.
  private Path copy() throws IOException {
    Path start = directory.resolve("start.sh");
    Files.copy(Path.of("start.sh"), start);
    assertThat(start.toFile().setExecutable(true)).isTrue();
    Files.createDirectory(directory.resolve("deploy"));
    for (String file : COMPOSE) {
      Files.copy(DEPLOY.resolve(file), directory.resolve("deploy").resolve(file));
    }
    return start;
  }

  /// Stands where Docker's client would, and writes down what it was asked.
  private void docker() throws IOException {
    Path docker = Files.createDirectories(directory.resolve("bin")).resolve("docker");
    Files.writeString(docker, "#!/bin/sh\necho \"$*\" >>'" + directory.resolve("calls") + "'\n");
    assertThat(docker.toFile().setExecutable(true)).isTrue();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(directory.resolve("calls"));
  }

  private record Run(int code, String said) {}

  private Run run(Map<String, String> environment, String... command) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), said);
  }

  private static List<Map<String, Object>> ours(String file) throws IOException {
    return services(file).values().stream()
        .filter(service -> "claudometer".equals(service.get("image")))
        .toList();
  }

  private static Map<String, Map<String, Object>> services(String file) throws IOException {
    Map<String, Map<String, Object>> services = new HashMap<>();
    map(yaml(file).getFirst().get("services"))
        .forEach((name, service) -> services.put(name, map(service)));
    return services;
  }

  private static Map<String, Object> container() throws IOException {
    Map<String, Object> set = yaml("kubernetes/server.yaml").getLast();
    Map<String, Object> pod = map(map(map(set.get("spec")).get("template")).get("spec"));
    return map(list(pod.get("containers")).getFirst());
  }

  private static List<Map<String, Object>> yaml(String file) throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(Files.readString(DEPLOY.resolve(file)))) {
      documents.add(map(document));
    }
    return documents;
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new HashMap<>();
    ((Map<?, ?>) value).forEach((key, item) -> map.put(String.valueOf(key), item));
    return map;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  private static List<String> texts(Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }

  private static Surroundings surroundings() {
    var nowhere = new PrintStream(PrintStream.nullOutputStream(), false, UTF_8);
    return new Surroundings(
        Map.of(),
        Path.of("/nowhere"),
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        InstantSource.system(),
        ZoneOffset.UTC,
        0,
        false);
  }
}
