package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.GoldenCorpusTest.Case;
import dev.claudometer.server.TestServer;
import dev.claudometer.server.TestServer.Setup;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each case of the corpus has its numbers wherever it is asked for: on the command line, over
/// HTTP, in the file of a page's table, and in a scrape.
final class SurfacesTest {

  private static final String ALL_TIME = "from=2000-01-01&to=2099-12-31&tz=UTC";

  private static final Pattern SAMPLE =
      Pattern.compile("(claude_\\w+)\\{(.*?)(?<!\\\\)\"\\} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)");

  /// What a case's expectation calls a number, and what the API does.
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "responses", List.of("responses"),
          "inputTokens", List.of("input"),
          "outputTokens", List.of("output"),
          "cacheCreationTokens", List.of("cacheWrite5m", "cacheWrite1h"),
          "cacheCreation5mTokens", List.of("cacheWrite5m"),
          "cacheCreation1hTokens", List.of("cacheWrite1h"),
          "cacheReadTokens", List.of("cacheRead"),
          "webSearchRequests", List.of("webSearches"),
          "unpricedResponses", List.of("unpriced"),
          "unfinalisedResponses", List.of("unfinalised"));

  /// The same of what only some cases have.
  private static final Map<String, List<String>> MORE_NAMES =
      Map.of(
          "parts", List.of("parts"),
          "thinkingTokens", List.of("thinking"),
          "webFetchRequests", List.of("webFetches"),
          "contractCost", List.of("costContract"),
          "cacheSavings", List.of("saved"));

  private static final Map<String, String> COSTS =
      Map.of("auto", "cost", "calculate", "costCalculated", "display", "costReported");

  @TempDir private Path temp = Path.of("");

  /// What only some models have; null where nothing tells it.
  ///
  /// @param parts null where there are none
  private record More(
      @Nullable BigDecimal contract,
      @Nullable BigDecimal contractUnpriced,
      @Nullable BigDecimal thinking,
      @Nullable BigDecimal parts) {

    static final More NONE = new More(null, null, null, null);

    More with(String sample, BigDecimal value) {
      return switch (sample) {
        case "claude_contract_cost_usd_total" ->
            new More(sum(contract, value), contractUnpriced, thinking, parts);
        case "claude_contract_unpriced_responses" ->
            new More(contract, sum(contractUnpriced, value), thinking, parts);
        case "claude_thinking_tokens_total" ->
            new More(contract, contractUnpriced, sum(thinking, value), parts);
        case "claude_response_parts_total" ->
            new More(contract, contractUnpriced, thinking, sum(parts, value));
        default -> this;
      };
    }

    private static BigDecimal sum(@Nullable BigDecimal before, BigDecimal value) {
      return plain(before == null ? value : before.add(value));
    }

    static More of(@Nullable Object... values) {
      return new More(told(values[0]), told(values[1]), told(values[2]), none(told(values[3])));
    }

    private static @Nullable BigDecimal told(@Nullable Object value) {
      return switch (value) {
        case BigDecimal number -> plain(number);
        case String text when !text.isEmpty() -> plain(new BigDecimal(text));
        case null, default -> null;
      };
    }

    private static @Nullable BigDecimal none(@Nullable BigDecimal value) {
      return value == null || value.signum() == 0 ? null : value;
    }
  }

  /// What was used of a model.
  ///
  /// @param cost null where nothing has a price
  private record Use(
      long responses,
      long input,
      long output,
      long cacheWrite,
      long cacheRead,
      @Nullable BigDecimal cost,
      More more) {

    static final Use NONE = new Use(0, 0, 0, 0, 0, null, More.NONE);

    Use beside(String sample, BigDecimal value) {
      return new Use(
          responses, input, output, cacheWrite, cacheRead, cost, more.with(sample, value));
    }

    Use with(String sample, BigDecimal value) {
      long count = sample.equals("cost") ? 0 : value.longValueExact();
      return switch (sample) {
        case "responses" ->
            new Use(responses + count, input, output, cacheWrite, cacheRead, cost, more);
        case "input" ->
            new Use(responses, input + count, output, cacheWrite, cacheRead, cost, more);
        case "output" ->
            new Use(responses, input, output + count, cacheWrite, cacheRead, cost, more);
        case "cache_creation" ->
            new Use(responses, input, output, cacheWrite + count, cacheRead, cost, more);
        case "cache_read" ->
            new Use(responses, input, output, cacheWrite, cacheRead + count, cost, more);
        default ->
            new Use(
                responses,
                input,
                output,
                cacheWrite,
                cacheRead,
                plain(cost == null ? value : cost.add(value)),
                more);
      };
    }
  }

  @ParameterizedTest
  @MethodSource("dev.claudometer.GoldenCorpusTest#cases")
  void everySurfaceTellsTheCasesNumbers(Case golden) throws IOException {
    Path home = temp.resolve("home");
    GoldenCorpusTest.overlay(GoldenCorpusTest.files(golden.input()), golden.input(), home);
    GoldenCorpusTest.before(golden, temp.resolve("state"));
    Map<String, Use> commandLine = commandLine(golden, home);
    try (var server =
        new TestServer(SqliteStore.database(database(), Durability.PROCESS), Setup.USUAL)) {
      server.clock(CommandRun.NOW);
      var surfaces = new Surfaces(server, server.login("ada", Role.ADMIN));
      assertThat(surfaces.api()).as("HTTP API").isEqualTo(commandLine);
      assertThat(surfaces.page()).as("CSV of the page").isEqualTo(commandLine);
      assertThat(surfaces.scrape()).as("/metrics").isEqualTo(commandLine);
      assertThat(surfaces.saved()).as("saved by the cache").isEqualTo(surfaces.scrapedSavings());
      for (Object run : GoldenCorpusTest.list(golden.expected().get("runs"))) {
        surfaces.check((Map<?, ?>) run);
      }
    }
  }

  private Map<String, Use> commandLine(Case golden, Path home) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("models", "--timezone", "UTC", "--json"));
    for (Path one : GoldenCorpusTest.homes(golden, home)) {
      arguments.addAll(List.of("--home", one.toString()));
    }
    CommandRun run = CommandRun.of(temp.resolve("state"), arguments);
    assertThat(run.code()).as(run.err()).isZero();
    var models = new TreeMap<String, Use>();
    for (Object row : GoldenCorpusTest.list(JsonText.object(run.out()).get("models"))) {
      Map<?, ?> model = (Map<?, ?>) row;
      models.put(
          String.valueOf(model.get("model")),
          new Use(
              number(model, "responses").longValueExact(),
              number(model, "inputTokens").longValueExact(),
              number(model, "outputTokens").longValueExact(),
              number(model, "cacheCreationTokens").longValueExact(),
              number(model, "cacheReadTokens").longValueExact(),
              unpriced(model) ? null : plain(number(model, "totalCost")),
              More.of(
                  model.get("contractCost"),
                  model.get("contractUnpricedResponses"),
                  model.get("thinkingTokens"),
                  model.get("parts"))));
    }
    return models;
  }

  private static boolean unpriced(Map<?, ?> model) {
    BigDecimal unpriced = number(model, "unpricedResponses");
    return unpriced.signum() > 0 && number(model, "totalCost").signum() == 0;
  }

  private Path database() throws IOException {
    try (Stream<Path> files = Files.walk(temp.resolve("state"))) {
      return files.filter(file -> file.toString().endsWith(".db")).findFirst().orElseThrow();
    }
  }

  private static BigDecimal number(Map<?, ?> object, String name) {
    return object.get(name) instanceof BigDecimal number ? number : BigDecimal.ZERO;
  }

  private static BigDecimal plain(BigDecimal amount) {
    return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
  }

  /// What a server answers.
  private record Surfaces(TestServer server, String cookie) {

    private String get(String path) {
      var answer = server.get(path, "Cookie", cookie);
      assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
      return answer.body();
    }

    private List<?> shares(String question) throws IOException {
      return GoldenCorpusTest.list(
          JsonText.object(get("/api/v1/usage?by=model&" + question)).get("shares"));
    }

    Map<String, Use> api() throws IOException {
      var models = new TreeMap<String, Use>();
      for (Object share : shares(ALL_TIME)) {
        Map<?, ?> totals = (Map<?, ?>) ((Map<?, ?>) share).get("totals");
        models.put(
            String.valueOf(((Map<?, ?>) share).get("key")),
            new Use(
                number(totals, "responses").longValueExact(),
                number(totals, "input").longValueExact(),
                number(totals, "output").longValueExact(),
                number(totals, "cacheWrite5m").add(number(totals, "cacheWrite1h")).longValueExact(),
                number(totals, "cacheRead").longValueExact(),
                totals.get("cost") instanceof BigDecimal cost ? plain(cost) : null,
                More.of(
                    totals.get("costContract"),
                    totals.get("contractUnpriced"),
                    totals.get("thinking"),
                    totals.get("parts"))));
      }
      return models;
    }

    BigDecimal saved() throws IOException {
      return plain(number(JsonText.object(get("/api/v1/overview?" + ALL_TIME)), "cacheSavings"));
    }

    BigDecimal scrapedSavings() {
      return plain(
          get("/metrics")
              .lines()
              .filter(line -> line.startsWith("claude_cache_savings_usd_total{"))
              .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
              .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    Map<String, Use> page() {
      String[] lines = get("/models?" + ALL_TIME + "&table=models&as=csv").split("\r\n", -1);
      List<String> columns = List.of(lines[0].split(",", -1));
      var models = new TreeMap<String, Use>();
      for (String line : Arrays.asList(lines).subList(1, lines.length - 1)) {
        List<String> cells = List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
        String cost = cells.get(columns.indexOf("costUsd"));
        models.put(
            cells.getFirst().replaceAll("^\"'?|\"$", ""),
            new Use(
                Long.parseLong(cells.get(columns.indexOf("responses"))),
                Long.parseLong(cells.get(columns.indexOf("inputTokens"))),
                Long.parseLong(cells.get(columns.indexOf("outputTokens"))),
                Long.parseLong(cells.get(columns.indexOf("cacheWriteTokens"))),
                Long.parseLong(cells.get(columns.indexOf("cacheReadTokens"))),
                cost.isEmpty() ? null : plain(new BigDecimal(cost)),
                More.of(
                    cells.get(columns.indexOf("costContractUsd")),
                    cells.get(columns.indexOf("contractUnpricedResponses")),
                    cells.get(columns.indexOf("thinkingTokens")),
                    cells.get(columns.indexOf("parts")))));
      }
      return models;
    }

    Map<String, Use> scrape() {
      var models = new TreeMap<String, Use>();
      for (String line : get("/metrics").split("\n", -1)) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
          var labels = new TreeMap<String, String>();
          Matcher label = LABEL.matcher(sample.group(2));
          while (label.find()) {
            labels.put(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
          }
          String part =
              switch (sample.group(1)) {
                case "claude_tokens_total" -> labels.getOrDefault("type", "");
                case "claude_requests_total" -> "responses";
                case "claude_cost_usd_total" -> "cost";
                default -> "";
              };
          var value = new BigDecimal(sample.group(3));
          if (!More.NONE.with(sample.group(1), value).equals(More.NONE)) {
            models.merge(
                labels.getOrDefault("model", ""),
                Use.NONE.beside(sample.group(1), value),
                (all, _) -> all.beside(sample.group(1), value));
          }
          if (!part.isEmpty()) {
            models.merge(
                labels.getOrDefault("model", ""),
                Use.NONE.with(part, value),
                (all, _) -> all.with(part, value));
          }
        }
      }
      return models;
    }

    /// What a run of the command line is expected to tell, the server tells too.
    void check(Map<?, ?> run) throws IOException {
      List<String> arguments =
          GoldenCorpusTest.list(run.get("arguments")).stream().map(String::valueOf).toList();
      Map<?, ?> expect = (Map<?, ?>) run.get("expect");
      // a server knows projects by their names, and not by the paths of a machine
      if (arguments.getFirst().equals("daily")
          && !arguments.contains("--project")
          && expect.get("totals") instanceof Map<?, ?> totals) {
        check(question(arguments), option(arguments, "--mode", "auto"), totals);
      }
      work(arguments.getFirst(), expect);
      boolean one = arguments.size() > 1 && !arguments.get(1).startsWith("-");
      if (arguments.getFirst().equals("session") && one) {
        session(arguments.get(1), expect);
      }
    }

    /// `agents` and `skills`.
    private void work(String report, Map<?, ?> expect) throws IOException {
      String by = report.replaceFirst("s$", "");
      if (expect.get(report) instanceof List<?> rows && List.of("agent", "skill").contains(by)) {
        var costs = new TreeMap<String, BigDecimal>();
        String answer = get("/api/v1/work?by=" + by + "&" + ALL_TIME);
        for (Object use : GoldenCorpusTest.list(JsonText.object(answer).get("uses"))) {
          Map<?, ?> totals = (Map<?, ?>) ((Map<?, ?>) use).get("totals");
          costs.put(String.valueOf(((Map<?, ?>) use).get("name")), plain(number(totals, "cost")));
        }
        var expected = new TreeMap<String, BigDecimal>();
        for (Object row : rows) {
          expected.put(
              String.valueOf(((Map<?, ?>) row).get(by)),
              plain(number((Map<?, ?>) row, "totalCost")));
        }
        assertThat(costs).as(report).isEqualTo(expected);
      }
    }

    private static String question(List<String> arguments) {
      return "from="
          + day(option(arguments, "--since", "2000-01-01"))
          + "&to="
          + day(option(arguments, "--until", "2099-12-31"))
          + "&tz="
          + option(arguments, "--timezone", "UTC");
    }

    private static String day(String date) {
      return date.replaceFirst("^(\\d{4})(\\d{2})(\\d{2})$", "$1-$2-$3");
    }

    private static String option(List<String> arguments, String name, String usual) {
      int at = arguments.indexOf(name);
      return at < 0 ? usual : arguments.get(at + 1);
    }

    private void check(String question, String mode, Map<?, ?> expected) throws IOException {
      List<Map<?, ?>> totals = new ArrayList<>();
      for (Object share : shares(question)) {
        totals.add((Map<?, ?>) ((Map<?, ?>) share).get("totals"));
      }
      for (var each : expected.entrySet()) {
        String name = String.valueOf(each.getKey());
        List<String> parts =
            name.equals("totalCost")
                ? List.of(COSTS.getOrDefault(mode, ""))
                : NAMES.getOrDefault(name, MORE_NAMES.getOrDefault(name, List.of()));
        boolean ofThisMode = !name.equals("unpricedResponses") || mode.equals("auto");
        if (ofThisMode && !parts.isEmpty() && each.getValue() instanceof BigDecimal value) {
          assertThat(sum(totals, parts)).as("%s of %s", name, question).isEqualByComparingTo(value);
        }
      }
    }

    private static BigDecimal sum(List<Map<?, ?>> totals, List<String> parts) {
      return totals.stream()
          .flatMap(each -> parts.stream().map(part -> number(each, part)))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void session(String session, Map<?, ?> expect) throws IOException {
      var answer = server.get("/api/v1/sessions/" + session, "Cookie", cookie);
      if (answer.statusCode() == 404) {
        assertThat(number(expect, "responses")).as("responses of %s", session).isZero();
        return;
      }
      Map<?, ?> detail = JsonText.object(answer.body());
      Map<?, ?> totals = (Map<?, ?>) ((Map<?, ?>) detail.get("session")).get("whole");
      for (var each : expect.entrySet()) {
        List<String> parts = NAMES.getOrDefault(String.valueOf(each.getKey()), List.of());
        if (!parts.isEmpty() && each.getValue() instanceof BigDecimal value) {
          assertThat(sum(List.of(totals), parts))
              .as("%s of %s", each.getKey(), session)
              .isEqualByComparingTo(value);
        }
      }
      if (expect.get("claudeCode") instanceof Map<?, ?> own
          && own.get("costUSD") instanceof BigDecimal cost) {
        assertThat(number((Map<?, ?>) detail.get("ownTotal"), "cost"))
            .as("what Claude Code booked for %s", session)
            .isEqualByComparingTo(cost);
      }
    }
  }
}
