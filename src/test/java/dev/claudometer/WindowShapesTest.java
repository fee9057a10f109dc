package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each shape that a window can have, as `limits --why` prints it. 250,000 tokens of input of Opus
/// 5.5 are a dollar; minutes are after noon, and the window ends at five.
class WindowShapesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(18_000);
  private static final Instant HALF_PAST_FOUR = NOON.plusSeconds(16_200);
  private static final Pattern SHARE = Pattern.compile("(\\d+\\.\\d)% +(\\d+\\.\\d\\d)%$");

  @TempDir private Path directory;
  private int responses;
  private Instant now = NOON;

  /// What the window before had is not in it.
  @Test
  void windowAfterAReset() throws IOException {
    used(-60, "s1", 8);
    told(-10, 80, NOON);
    used(10, "s1", 1);
    told(60, 10, FIVE);
    assertThat(why())
        .startsWith(
            "five_hour: 10.0% at 13:00, resets at 17:00 The window before had reset with 80.0% used. ")
        .contains("s1 -home-ada-s1 10.0% 100.00% ");
  }

  @Test
  void windowThatBeganAgainTooEarly() throws IOException {
    used(10, "s1", 6);
    told(30, 60, FIVE);
    told(70, 1, FIVE);
    used(80, "s2", 1);
    told(90, 11, FIVE);
    assertThat(why())
        .startsWith(
            "five_hour: 11.0% at 13:30, resets at 17:00 Began again early at 13:10: 60.0% were"
                + " used, and it was to reset at 17:00. Session ")
        .contains("s2 -home-ada-s2 10.0% 90.91% ")
        .contains("Before what is stored 1.0% 9.09% ")
        .doesNotContain("s1 -home");
  }

  /// 30 % became 20 %: the first dollars take two thirds of what they took.
  @Test
  void windowWithAPromotion() throws IOException {
    used(10, "s1", 3);
    told(30, 30, FIVE);
    told(70, 20, FIVE);
    used(80, "s2", 1.5);
    told(90, 30, FIVE);
    assertThat(why())
        .contains(
            "At 13:10 30.0% became 20.0%: the limit is 1.50 times as large, by a promotion or"
                + " another plan. ")
        .contains("s1 -home-ada-s1 20.0% 66.67% ")
        .contains("s2 -home-ada-s2 10.0% 33.33% ");
  }

  @Test
  void windowOfAnotherPlan() throws IOException {
    used(10, "s1", 1);
    told(30, 60, FIVE);
    told(70, 12, FIVE.minusSeconds(600));
    assertThat(why())
        .startsWith(
            "five_hour: 12.0% at 13:10, resets at 16:50 Ends earlier than was told before 13:10:"
                + " another plan. Session ")
        .contains("s1 -home-ada-s1 12.0% 100.00% ");
  }

  @Test
  void windowThatFilledWhileThisMachineWasOffline() throws IOException {
    used(30, "s1", 1);
    told(60, 10, FIVE);
    told(240, 70, FIVE);
    assertThat(why())
        .contains("s1 -home-ada-s1 10.0% 14.29% ")
        .contains("Not from these machines 60.0% 85.71% ")
        .contains("Not from these machines: 60.0% between 13:00 and 16:00 ");
  }

  /// Thirds of 10 %: each is printed so that they come to 10.0 and to 100.00.
  @Test
  void windowWithOneReading() throws IOException {
    used(10, "s1", 1);
    used(20, "s2", 1);
    used(30, "s3", 1);
    told(60, 10, FIVE);
    assertThat(why())
        .contains("s1 -home-ada-s1 3.4% 33.34% ")
        .contains("s2 -home-ada-s2 3.3% 33.33% ")
        .contains("s3 -home-ada-s3 3.3% 33.33% ")
        .contains("from 1 step of the readings");
  }

  @Test
  void windowWithOneReadingAndNothingUsed() throws IOException {
    used(-400, "s1", 1);
    told(60, 30, FIVE);
    assertThat(why())
        .contains("Not from these machines 30.0% 100.00% ")
        .contains("Not from these machines: 30.0% between 12:00 and 13:00 ")
        .contains("No step of the readings has usage of these machines in it. ");
  }

  /// One that never rose was filled by nobody.
  @Test
  void windowThatIsEmpty() throws IOException {
    used(10, "s1", 1);
    told(60, 0, FIVE);
    assertThat(run("limits", "--offline", "--why", "-z", "UTC"))
        .startsWith("five_hour: 0.0% at 13:00, resets at 17:00\n")
        .doesNotContain("NaN");
  }

  @Test
  void windowsOfTwoAccountsOnOneMachine() throws IOException {
    used(10, "s1", 1);
    told(30, 50, FIVE);
    told(40, 20, HALF_PAST_FOUR);
    used(45, "s2", 1);
    told(50, 52, FIVE);
    told(60, 22, HALF_PAST_FOUR);
    assertThat(why())
        .startsWith("five_hour: 22.0% at 13:00, resets at 16:30 ")
        .contains(
            "Readings of another account, 50.0% used at 12:30, came between: what it used here may"
                + " be counted in this window. ")
        .doesNotContain("Began again")
        .doesNotContain("another plan");
  }

  /// What it prints, whose parts come to the whole and whose shares come to 100.00.
  private String why() {
    String printed = run("limits", "--offline", "--why", "-z", "UTC");
    BigDecimal parts = BigDecimal.ZERO;
    BigDecimal shares = BigDecimal.ZERO;
    for (String line : printed.lines().toList()) {
      Matcher share = SHARE.matcher(line);
      if (share.find()) {
        parts = parts.add(new BigDecimal(share.group(1)));
        shares = shares.add(new BigDecimal(share.group(2)));
      }
    }
    assertThat(shares).as(printed).isEqualByComparingTo("100");
    assertThat(printed).startsWith("five_hour: " + parts + "% at ");
    return printed.replaceAll("\\s+", " ");
  }

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  /// A response of a session, in a project of its own.
  private void used(int minute, String session, double dollars) throws IOException {
    Path file =
        directory.resolve(".claude/projects/-home-ada-" + session + "/" + session + ".jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        ("{'type':'assistant','uuid':'u-%d','sessionId':'%s','timestamp':'%s','requestId':'r_%d',"
                + "'message':{'id':'m_%d','model':'claude-opus-5-5','stop_reason':'end_turn',"
                + "'usage':{'input_tokens':%d,'output_tokens':0}}}\n")
            .formatted(
                ++responses,
                session,
                minute(minute),
                responses,
                responses,
                Math.round(dollars * 250_000))
            .replace('\'', '"'),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void told(int minute, int percent, Instant resetsAt) {
    now = minute(minute);
    String input =
        "{\"session_id\":\"s1\",\"rate_limits\":{\"five_hour\":{\"used_percentage\":%d,\"resets_at\":%d}}}"
            .formatted(percent, resetsAt.getEpochSecond());
    assertThat(CommandRun.of(directory, environment(), input, now, "statusline").code()).isZero();
  }

  private Map<String, String> environment() {
    return Map.of("XDG_STATE_HOME", directory.resolve("state").toString());
  }

  private String run(String... arguments) {
    now = now.plusSeconds(60);
    CommandRun run = CommandRun.of(directory, environment(), "", now, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }
}
