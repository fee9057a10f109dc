package dev.claudometer.source.claudecode.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.source.claudecode.place.Place.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacesTest {

  private static final String SESSIONS = "local-agent-mode-sessions";

  private Path root;
  private Path me;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    root = directory;
    me = Files.createDirectories(directory.resolve("home/me"));
  }

  @Test
  void sessionsOfClaudeDesktopAreReadBesideClaudeCode() throws IOException {
    projects("home/me/.claude");
    Path session = projects("home/me/.config/Claude/" + SESSIONS + "/0a/0b/local_77/.claude");
    Path other = projects("home/me/.config/Claude-3p/" + SESSIONS + "/0a/0b/local_1/.claude");
    assertThat(find(Map.of()).homes())
        .extracting(ClaudeHome::projects)
        .containsExactly(me.resolve(".claude/projects"), session, other);
  }

  @Test
  void everySystemsDirectoryIsLookedAt() throws IOException {
    Path mac =
        projects("home/me/Library/Application Support/Claude/" + SESSIONS + "/a/b/l/.claude");
    Path windows = projects("roaming/Claude/" + SESSIONS + "/a/b/l/.claude");
    Path store =
        projects(
            "local/Packages/Claude_pzs8/LocalCache/Roaming/Claude/" + SESSIONS + "/a/b/l/.claude");
    assertThat(
            find(Map.of(
                    "APPDATA", root.resolve("roaming").toString(),
                    "LOCALAPPDATA", root.resolve("local").toString()))
                .homes())
        .extracting(ClaudeHome::projects)
        .containsExactly(mac, windows, store);
  }

  @Test
  void anyDirectoryOfTheAppIsAHome() throws IOException {
    Path one = projects("app/Claude/" + SESSIONS + "/0a/0b/local_1/.claude");
    Path two = projects("app/Claude/" + SESSIONS + "/0a/0c/local_2/.claude");
    assertThat(named("app/Claude")).containsExactly(one, two);
    assertThat(named("app/Claude/" + SESSIONS)).containsExactly(one, two);
    assertThat(named("app/Claude/" + SESSIONS + "/0a/0c")).containsExactly(two);
    assertThat(named("app/Claude/" + SESSIONS + "/0a/0c/local_2")).containsExactly(two);
  }

  @Test
  void configuredHomesLeaveTheOthersFoundAndNotRead() throws IOException {
    projects("home/me/.claude");
    projects("home/me/.config/Claude/" + SESSIONS + "/0a/0b/local_77/.claude");
    projects("work");
    assertThat(places(Map.of("CLAUDE_CONFIG_DIR", root.resolve("work").toString())))
        .extracting(Place::path, Place::state)
        .contains(
            tuple(root.resolve("work"), State.READ),
            tuple(me.resolve(".claude"), State.NOT_READ),
            tuple(me.resolve(".config/claude"), State.EMPTY),
            tuple(me.resolve(".config/Claude/" + SESSIONS), State.NOT_READ));
  }

  @Test
  void otherHomesOfThisUserAreFound() throws IOException {
    projects("home/me/.claude");
    projects("home/me/.claude-work");
    Files.createDirectories(me.resolve(".claude-empty"));
    assertThat(places(Map.of()))
        .filteredOn(place -> place.state() != State.EMPTY)
        .extracting(Place::path, Place::state)
        .containsExactly(
            tuple(me.resolve(".claude"), State.READ),
            tuple(me.resolve(".claude-work"), State.NOT_READ));
  }

  @Test
  void windowsBesideLinuxIsFound() throws IOException {
    projects("mnt/c/Users/Me/.claude");
    projects("mnt/c/Users/Public/.claude");
    projects("mnt/c/Users/Me/AppData/Roaming/Claude/" + SESSIONS + "/a/b/local_1/.claude");
    assertThat(places(Map.of()))
        .filteredOn(place -> place.state() == State.NOT_READ)
        .extracting(place -> root.relativize(place.path()).toString())
        .containsExactly(
            "mnt/c/Users/Me/.claude", "mnt/c/Users/Me/AppData/Roaming/Claude/" + SESSIONS);
  }

  @Test
  void mountsAndVolumesOfContainersAreFound() throws IOException {
    projects("node home/.claude");
    projects("var/lib/docker/volumes/claude-code-config/_data/.claude");
    Files.createDirectories(root.resolve("data/projects/somebody-elses"));
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(
        root.resolve("proc/self/mounts"),
        "proc /proc proc rw 0 0\n/dev/sda1 /node\\040home/.claude ext4 rw 0 0\n/dev/sda1 /data ext4 rw 0 0\n");
    assertThat(places(Map.of()))
        .filteredOn(place -> place.state() == State.NOT_READ)
        .extracting(place -> root.relativize(place.path()).toString(), Place::what)
        .containsExactly(
            tuple("node home/.claude", "a mounted directory"),
            tuple("var/lib/docker/volumes/claude-code-config/_data", "a container's volume"));
  }

  private List<Place> places(Map<String, String> environment) {
    return Places.around(find(environment), environment, me, root);
  }

  private ClaudeHome.Search find(Map<String, String> environment) {
    return ClaudeHome.find(List.of(), environment, me);
  }

  private List<Path> named(String place) {
    return ClaudeHome.find(List.of(root.resolve(place)), Map.of(), me).homes().stream()
        .map(ClaudeHome::projects)
        .toList();
  }

  private Path projects(String home) throws IOException {
    return Files.createDirectories(root.resolve(home).resolve("projects"));
  }
}
