package dev.claudometer.server.web;

import dev.claudometer.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What pages have to bear: twenty people, names of all kinds, two hundred branches and pull
/// requests, a model without a price, a session of 5,000 responses, a year's bill.
///
/// @param now it ends then
record Crowd(TestServer server, Instant now) {

  static final int LONG_SESSION = 5_000;
  static final String UNPRICED = "claude-chimera-preview-20261101";

  private static final int YEAR = 365;
  private static final int PIECE = 1_000;
  private static final int BRANCHES = 200;

  static final List<String> NAMES =
      List.of(
          "-home-ada-" + "a-project-with-a-name-that-nobody-can-read-aloud-".repeat(2) + "end",
          "مشروع-طويل-جدا-باسم-عربي-لا-ينتهي-أبدا-مهما-حاولت-أن-تقرأه-حتى-آخره-يا-صديقي",
          "<img src=x onerror=alert(1)>",
          "プロジェクト甲の設計と実装と試験と配備と運用と保守と廃止についての長い名前の計画書",
          "loom");

  private static final List<String> MODELS =
      List.of(
          "claude-opus-5",
          "claude-opus-4-8",
          "claude-opus-4-1-20250805",
          "claude-haiku-4-5-20251001",
          "claude-sonnet-4-6",
          UNPRICED,
          "anthropic.claude-sonnet-4-5-20250929-v1:0-of-a-very-long-inference-profile");

  private static final List<String> OWNERS =
      List.of(
          "محمد بن عبد الله بن عبد العزيز آل سعود الطويل الاسم جدا جدا",
          "日本太郎左衛門之助宗久",
          "<script>alert('person')</script>",
          "x".repeat(120),
          "Zoë Ångström-Łukasiewicz");

  void open() {
    var office = new Office(server, now);
    office.open(YEAR);
    int people = 20 - Office.PEOPLE.size();
    for (int person = 0; person < people; person++) {
      String owner = person < OWNERS.size() ? OWNERS.get(person) : "Person " + person;
      String key = office.machine("laptop of " + owner, owner);
      deliver(key, week(person));
    }
    String key = office.machine("a build server with quite a long name in rack 4", "");
    deliver(key, branches());
    deliver(key, story());
    server.sightings.flush();
  }

  private void deliver(String key, List<String> elements) {
    var visit = new Visit(server);
    for (int from = 0; from < elements.size(); from += PIECE) {
      visit.deliver(
          key,
          elements.subList(from, Math.min(elements.size(), from + PIECE)).toArray(String[]::new));
    }
  }

  /// Some hours of each of the last days, in each project and model.
  private List<String> week(int person) {
    return IntStream.range(0, 42)
        .mapToObj(
            i ->
                Visit.usage(
                    "w" + person + "-" + i,
                    now.minus(Duration.ofHours(4L * i + person % 3)).toString(),
                    "week-" + person + "-" + i / 6,
                    NAMES.get((i + person) % NAMES.size()),
                    MODELS.get((i + person) % MODELS.size()),
                    100_000 + 12_345L * i))
        .toList();
  }

  private List<String> branches() {
    var elements = new ArrayList<String>();
    for (int i = 0; i < BRANCHES; i++) {
      String at = now.minus(Duration.ofHours(i % 96)).truncatedTo(ChronoUnit.SECONDS).toString();
      String session = "branch-%03d".formatted(i);
      elements.add(
          Visit.usage("b" + i, at, session, NAMES.get(i % 5), MODELS.get(i % 2), 50_000 + 777L * i)
              .replace(
                  "\"branch\":\"main\"",
                  "\"branch\":\"feature/%03d-%s\""
                      .formatted(i, i % 3 == 0 ? NAMES.get(1) : "of-a-branch-".repeat(i % 9))));
      elements.add(
          """
          {"type":"activity","kind":"pull_request","key":"https://example/%d","at":"%s",\
          "session":"%s","project":"%s","name":"ada/loom#%d","value":1}\
          """
              .formatted(i, at, session, NAMES.get(i % 5), i));
    }
    return elements;
  }

  /// A response every ten seconds, with prompts, errors, compactions and subagents between them.
  private List<String> story() {
    Instant begin = now.minus(Duration.ofHours(20));
    var elements = new ArrayList<String>();
    for (int i = 0; i < LONG_SESSION; i++) {
      Instant at = begin.plusSeconds(10L * i);
      String agent = i % 9 == 4 ? "\"agentId\":\"a-explore-" + i % 5 + "\"," : "";
      String tools =
          "\"tools\":[{\"id\":\"t\",\"name\":\"mcp__server__tool_%d\"}],".formatted(i % 40);
      elements.add(
          Visit.usage(
                  "story" + i,
                  at.toString(),
                  "story",
                  NAMES.getFirst(),
                  MODELS.get(i % 6),
                  900 + i % 700)
              .replace("\"branch\"", agent + tools + "\"branch\"")
              .replace(
                  "/t/5.jsonl",
                  "/home/ada/.claude/projects/" + "a-long-directory/".repeat(8) + "s.jsonl"));
      if (i % 100 == 7) {
        for (String kind : List.of("prompt", "api_error", "api_retry", "compaction", "turn")) {
          elements.add(happening(kind, i, at));
        }
      }
    }
    return elements;
  }

  private static String happening(String kind, int number, Instant at) {
    return """
    {"type":"activity","kind":"%s","key":"%s%d","at":"%s","session":"story",\
    "project":"loom","name":"overloaded_error","value":152340}\
    """
        .formatted(kind, kind, number, at);
  }
}
