package dev.claudometer.source.claudecode.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.ProjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryNameTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/home/me/x.y, -home-me-x-y",
    "/tmp/x.y/ünïcødé-日本, -tmp-x-y--n-c-d----",
    "emoji-😀-x, emoji----x",
    "'/home/me/my project', -home-me-my-project",
    "'C:\\Users\\me\\repo', C--Users-me-repo",
    "/a_b/c#d, -a-b-c-d",
    "ABC019xyz, ABC019xyz"
  })
  void everythingButLettersAndDigitsBecomesADash(String directory, String name) {
    assertThat(DirectoryName.of(directory)).isEqualTo(name);
  }

  @Test
  void nameOfTwoHundredCharactersStays() {
    assertThat(DirectoryName.of("a".repeat(200))).isEqualTo("a".repeat(200));
  }

  @Test
  void longerNameIsCutAndMarkedWithItsHash() {
    String directory = "/" + "a".repeat(200);
    String hash = Long.toString(Math.abs((long) directory.hashCode()), 36);
    assertThat(DirectoryName.of(directory)).isEqualTo("-" + "a".repeat(199) + "-" + hash);
    assertThat(DirectoryName.of(directory + "b")).isNotEqualTo(DirectoryName.of(directory));
  }

  @Test
  void smallestHashHasNoSign() {
    String directory = "polygenelubricants/".repeat(20);
    assertThat(DirectoryName.of(directory).substring(201)).doesNotContain("-");
    assertThat("polygenelubricants".hashCode()).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void worktreeIsNamedByClaudeCodesNameElseByItsDirectory() {
    var loom = new ProjectName("-home-me-loom");
    assertThat(
            DirectoryName.worktree(
                "/home/me/.claude/projects/-home-me-loom--claude-worktrees-calm-fox/s.jsonl", loom))
        .isEqualTo("calm-fox");
    assertThat(DirectoryName.worktree("C:\\c\\projects\\-home-me-fix\\s.jsonl", loom))
        .isEqualTo("-home-me-fix");
    assertThat(DirectoryName.worktree("/c/projects/-home-me-loom/s/subagents/a.jsonl", loom))
        .isNull();
    assertThat(DirectoryName.worktree("", loom)).isNull();
  }
}
