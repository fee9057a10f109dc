package dev.claudometer.source.claudecode.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeHomeTest {

  private Path me;

  @BeforeEach
  void in(@TempDir Path directory) {
    me = directory;
  }

  @Test
  void defaultsAreTheHomeDirectoryAndTheConfigDirectory() throws IOException {
    Path home = projects(".claude");
    Path config = projects(".config/claude");
    ClaudeHome.Search search = find(Map.of());
    assertThat(search.homes()).containsExactly(new ClaudeHome(home), new ClaudeHome(config));
    assertThat(search.lookedAt())
        .containsExactly(me.resolve(".claude"), me.resolve(".config/claude"));
    assertThat(search.byDefault()).isTrue();
  }

  @Test
  void xdgConfigHomeMovesTheConfigDirectory() throws IOException {
    projects(".config/claude");
    Path moved = projects("xdg/claude");
    assertThat(find(Map.of("XDG_CONFIG_HOME", me.resolve("xdg").toString())).homes())
        .containsExactly(new ClaudeHome(moved));
  }

  @Test
  void blankVariablesAreNotSet() throws IOException {
    Path home = projects(".claude");
    ClaudeHome.Search search = find(Map.of("XDG_CONFIG_HOME", " ", "CLAUDE_CONFIG_DIR", " "));
    assertThat(search.homes()).containsExactly(new ClaudeHome(home));
    assertThat(search.byDefault()).isTrue();
  }

  @Test
  void configuredDirectoriesReplaceTheDefaults() throws IOException {
    projects(".claude");
    Path one = projects("one");
    Path two = projects("two");
    ClaudeHome.Search search =
        find(Map.of("CLAUDE_CONFIG_DIR", " " + me.resolve("one") + " ,, " + me.resolve("two")));
    assertThat(search.homes()).containsExactly(new ClaudeHome(one), new ClaudeHome(two));
    assertThat(search.byDefault()).isFalse();
  }

  @Test
  void tildeIsTheUsersHome() throws IOException {
    Path work = projects("work");
    Path home = projects(".claude");
    assertThat(find(Map.of("CLAUDE_CONFIG_DIR", "~/work,~")).homes())
        .containsExactly(new ClaudeHome(work), new ClaudeHome(home));
  }

  @Test
  void explicitHomesWinOverTheEnvironment() throws IOException {
    projects("one");
    Path two = projects("two");
    ClaudeHome.Search search =
        ClaudeHome.find(
            List.of(me.resolve("two")),
            Map.of("CLAUDE_CONFIG_DIR", me.resolve("one").toString()),
            me);
    assertThat(search.homes()).containsExactly(new ClaudeHome(two));
    assertThat(search.byDefault()).isFalse();
  }

  @Test
  void homeMayBeGivenAsItselfItsParentOrItsProjects() throws IOException {
    Path projects = projects("user/.claude");
    for (String place : List.of("user/.claude", "user", "user/.claude/projects")) {
      assertThat(ClaudeHome.find(List.of(me.resolve(place)), Map.of(), me).homes())
          .as(place)
          .containsExactly(new ClaudeHome(projects));
    }
  }

  @Test
  void homeNamedProjectsIsAHome() throws IOException {
    Path inside = projects("projects");
    assertThat(ClaudeHome.find(List.of(me.resolve("projects")), Map.of(), me).homes())
        .containsExactly(new ClaudeHome(inside));
  }

  @Test
  void homeThatIsNamedTwiceCountsOnce() throws IOException {
    Path projects = projects("real");
    Files.createSymbolicLink(me.resolve("link"), me.resolve("real"));
    assertThat(
            find(Map.of("CLAUDE_CONFIG_DIR", "~/real,~/link,~/real/projects,~/x/../real")).homes())
        .containsExactly(new ClaudeHome(projects));
  }

  @Test
  void absentHomeIsLookedAtAndNotFound() {
    ClaudeHome.Search search = find(Map.of("CLAUDE_CONFIG_DIR", "~/absent"));
    assertThat(search.homes()).isEmpty();
    assertThat(search.lookedAt()).containsExactly(me.resolve("absent"));
  }

  private ClaudeHome.Search find(Map<String, String> environment) {
    return ClaudeHome.find(List.of(), environment, me);
  }

  private Path projects(String home) throws IOException {
    return Files.createDirectories(me.resolve(home).resolve("projects"));
  }
}
