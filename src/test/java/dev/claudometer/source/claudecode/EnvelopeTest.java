package dev.claudometer.source.claudecode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a line repeats of the one before is not read: it must mean the same as if it were.
class EnvelopeTest {

  private static final String[] NAMES = {
    "isSidechain", "userType", "cwd", "sessionId", "version", "gitBranch", "agentId", "slug"
  };
  private static final String[] OTHERS = {
    "type", "uuid", "data", "message", "new", "gitBr\\u0061nch"
  };
  private static final String[] VALUES = {
    "\"a\"",
    "\"b\"",
    "\"a\\u0062\"",
    "true",
    "false",
    "1",
    "12",
    "1e",
    "null",
    "{\"agentId\":\"c\"}",
    "[]"
  };

  private final Random random = new Random(11);
  private final Reading onward = new Reading();

  @Test
  void membersThatAreRepeatedHaveTheValuesThatReadingThemWouldGive() {
    String line = "";
    int repeated = 0;
    for (int i = 0; i < 50_000; i++) {
      String next = random.nextInt(3) == 0 ? line() : changed(line);
      repeated += next.equals(line) ? 1 : 0;
      line = next;
      assertThat(onward.of(line)).as(line).isEqualTo(new Reading().of(line));
    }
    assertThat(repeated).isPositive();
  }

  private String line() {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      members.add(member(NAMES) + (random.nextInt(20) == 0 ? " " : ""));
    }
    members.add(random.nextInt(members.size() + 1), member(OTHERS));
    String first = random.nextInt(9) == 0 ? member(NAMES) : "\"parentUuid\":\"p\"";
    return "{" + first + "," + String.join(",", members) + "}";
  }

  private String member(String[] names) {
    return '"' + one(names) + "\":" + one(VALUES);
  }

  /// Mostly the same line, else with a member more, a value more, or torn.
  private String changed(String line) {
    int at = random.nextInt(line.length() + 1);
    return switch (random.nextInt(8)) {
      case 0 -> line.substring(0, at);
      case 1 -> line.substring(0, at) + one(VALUES) + line.substring(at);
      case 2 ->
          line.isEmpty() ? line : line.substring(0, line.length() - 1) + "," + member(NAMES) + "}";
      case 3 -> line.replaceFirst("\"a\"", one(VALUES));
      case 4 -> line.replaceFirst("12?([,}])", "1$1");
      default -> line;
    };
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private static final class Reading {
    private final Json json = new Json();
    private final RecordParser records = new RecordParser(json, new Names(), new Timestamps());

    String of(String line) {
      byte[] bytes = line.getBytes(UTF_8);
      json.over(bytes, 0, bytes.length);
      var record = new TranscriptRecord();
      try {
        var extent = records.parse(record, new TranscriptRecord(), false);
        return "%s to %d: %s %s %s %s %s %s %s %s"
            .formatted(
                extent,
                json.at,
                record.type,
                record.sidechain,
                record.directory,
                record.session,
                record.version,
                record.branch,
                record.agent,
                record.uuid);
      } catch (Malformed notJson) {
        return "malformed";
      }
    }
  }
}
