package dev.claudometer.source.claudecode.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks for every place of this machine that may hold transcripts: those that are read, and those
/// that somebody has to name first.
public final class Places {

  private static final String NAME_IT = "another home: add it with --home or CLAUDE_CONFIG_DIR";

  /// Kinds of mounts that hold nobody's files.
  private static final Set<String> SYSTEM =
      Set.of("proc", "sysfs", "cgroup", "cgroup2", "devpts", "mqueue", "securityfs", "bpf");

  /// Accounts that Windows makes for itself.
  private static final Set<String> NOBODY =
      Set.of("Public", "Default", "Default User", "All Users");

  private final Map<String, String> environment;
  private final Path userHome;
  private final Path root;
  private final Map<Path, Place> found = new LinkedHashMap<>();

  private Places(Map<String, String> environment, Path userHome, Path root) {
    this.environment = environment;
    this.userHome = userHome;
    this.root = root;
  }

  /// All places, each once: first those that the search has looked at.
  public static List<Place> around(
      ClaudeHome.Search search, Map<String, String> environment, Path userHome) {
    return around(search, environment, userHome, Path.of("/"));
  }

  /// @param root of the file system
  static List<Place> around(
      ClaudeHome.Search search, Map<String, String> environment, Path userHome, Path root) {
    var places = new Places(environment, userHome, root);
    places.looked(search);
    places.usual();
    places.otherHomes();
    places.windowsBesideLinux();
    places.containers();
    return List.copyOf(places.found.values());
  }

  private void looked(ClaudeHome.Search search) {
    Set<Path> usual = Set.copyOf(ClaudeHome.usual(environment, userHome));
    Set<Path> desktop = Set.copyOf(DesktopSessions.places(environment, userHome));
    for (Path path : search.lookedAt()) {
      String what =
          desktop.contains(path)
              ? "Claude Desktop"
              : usual.contains(path) ? "Claude Code" : "named";
      add(path, what, true, "");
    }
  }

  /// What would be read if nothing else were named.
  private void usual() {
    String why = "other homes are named: add it with --home or CLAUDE_CONFIG_DIR";
    ClaudeHome.usual(environment, userHome).forEach(path -> add(path, "Claude Code", false, why));
    DesktopSessions.places(environment, userHome)
        .forEach(path -> add(path, "Claude Desktop", false, why));
  }

  /// Homes that other values of `CLAUDE_CONFIG_DIR` have left.
  private void otherHomes() {
    ClaudeHome.configured(environment, userHome)
        .forEach(path -> ifThere(path, "CLAUDE_CONFIG_DIR"));
    DesktopSessions.directories(userHome, ".claude*").forEach(path -> ifThere(path, "Claude Code"));
    DesktopSessions.directories(ClaudeHome.configDirectory(environment, userHome), "claude*")
        .forEach(path -> ifThere(path, "Claude Code"));
  }

  /// A Linux in Windows sees its drives below `/mnt`.
  private void windowsBesideLinux() {
    for (Path drive : DesktopSessions.directories(root.resolve("mnt"), "?")) {
      for (Path user : DesktopSessions.directories(drive.resolve("Users"), "*")) {
        if (!NOBODY.contains(String.valueOf(user.getFileName()))) {
          ifThere(user.resolve(".claude"), "Windows");
          Path data = user.resolve("AppData");
          DesktopSessions.places(
                  Map.of(
                      "APPDATA", data.resolve("Roaming").toString(),
                      "LOCALAPPDATA", data.resolve("Local").toString()),
                  user)
              .forEach(path -> ifThere(path, "Claude Desktop on Windows"));
        }
      }
    }
  }

  /// What is mounted into this container, and the volumes of containers on this machine.
  private void containers() {
    mounts().forEach(path -> ifThere(path, "a mounted directory"));
    List<Path> stores =
        List.of(
            root.resolve("var/lib/docker/volumes"),
            userHome.resolve(".local/share/docker/volumes"),
            userHome.resolve(".local/share/containers/storage/volumes"));
    for (Path volumes : stores) {
      for (Path volume : DesktopSessions.directories(volumes, "*")) {
        ifThere(volume.resolve("_data"), "a container's volume");
      }
    }
  }

  private List<Path> mounts() {
    List<Path> mounts = new ArrayList<>();
    try {
      for (String line :
          Files.readString(root.resolve("proc/self/mounts"), UTF_8).split("\n", -1)) {
        String[] fields = line.split(" ", -1);
        if (fields.length > 2 && fields[1].length() > 1 && !SYSTEM.contains(fields[2])) {
          mounts.add(root.resolve(fields[1].substring(1).replace("\\040", " ")));
        }
      }
    } catch (IOException notThisSystem) {
      return List.of();
    }
    return mounts;
  }

  private void ifThere(Path path, String what) {
    if (!found.containsKey(key(path))
        && !ClaudeHome.projects(path).isEmpty()
        && looksLikeAHome(path)) {
      add(path, what, false, NAME_IT);
    }
  }

  /// Other programs have directories of the name `projects` too.
  private static boolean looksLikeAHome(Path path) {
    return ClaudeHome.projects(path).stream()
        .anyMatch(
            projects ->
                projects.resolveSibling(".").normalize().toString().contains(".claude")
                    || Files.isRegularFile(projects.resolveSibling("history.jsonl"))
                    || Files.isRegularFile(projects.resolveSibling("settings.json"))
                    || Files.isRegularFile(projects.resolveSibling(".claude.json"))
                    || !DesktopSessions.directories(projects, "-*").isEmpty());
  }

  private void add(Path path, String what, boolean wanted, String whyNot) {
    if (!found.containsKey(key(path))) {
      found.put(key(path), Place.of(path, what, wanted, whyNot));
    }
  }

  /// Several ways lead to one directory.
  private static Path key(Path path) {
    try {
      List<Path> projects = ClaudeHome.projects(path);
      return (projects.size() == 1 ? projects.getFirst() : path).toRealPath();
    } catch (IOException absent) {
      return path.toAbsolutePath().normalize();
    }
  }
}
