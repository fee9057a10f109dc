package dev.claudometer.source.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.FileCursor;
import dev.claudometer.model.ProjectName;
import dev.claudometer.source.claudecode.place.DirectoryName;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProjectsTest {

  private Path machine;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    machine = directory.toRealPath();
  }

  @ParameterizedTest
  @CsvSource({
    "-home-me-app, -home-me-app",
    "-home-me-app--claude-worktrees-calm-fox, -home-me-app",
    "c--dev-loom, C--dev-loom",
    "c--dev-loom--claude-worktrees-x, C--dev-loom",
    "a-project, a-project",
    "--claude-worktrees-x, --claude-worktrees-x"
  })
  void nameOfADirectoryTellsItsRepository(String directory, String project) {
    assertThat(DirectoryName.project(directory)).isEqualTo(new ProjectName(project));
  }

  @Test
  void workingDirectoryBelowTheProjectsConfirmsIt() {
    assertThat(project("/home/me/app", "/home/me/app/src/main").path()).isEqualTo("/home/me/app");
  }

  @Test
  void gitWorktreeBelongsToItsRepository() throws IOException {
    Path repository = Files.createDirectories(machine.resolve("loom"));
    Path worktree = worktree("elsewhere/fix", repository.resolve(".git/worktrees/fix"));
    assertThat(project(worktree.toString(), worktree + "/src").path())
        .isEqualTo(repository.toString());
    assertThat(project(worktree.toString(), worktree.toString()).name())
        .isEqualTo(new ProjectName(DirectoryName.of(repository.toString())));
  }

  @Test
  void worktreesOfABareRepositoryBelongTogether() throws IOException {
    Path hidden = worktree("loom/main", machine.resolve("loom/.bare/worktrees/main"));
    Path named = worktree("fix", machine.resolve("loom.git/worktrees/fix"));
    assertThat(project(hidden.toString(), hidden.toString()).path())
        .isEqualTo(machine.resolve("loom").toString());
    assertThat(project(named.toString(), named.toString()).path())
        .isEqualTo(machine.resolve("loom.git").toString());
  }

  @Test
  void submoduleIsAProjectOfItsOwn() throws IOException {
    Path submodule = worktree("loom/part", machine.resolve("loom/.git/modules/part"));
    assertThat(project(submodule.toString(), submodule.toString()).path())
        .isEqualTo(submodule.toString());
  }

  @Test
  void relativeWorktreeIsFound() throws IOException {
    Path worktree = Files.createDirectories(machine.resolve("fix"));
    Files.writeString(worktree.resolve(".git"), "gitdir: ../loom/.git/worktrees/fix\n");
    assertThat(project(worktree.toString(), worktree.toString()).path())
        .isEqualTo(machine.resolve("loom").toString());
  }

  private Path worktree(String at, Path gitDirectory) throws IOException {
    Path worktree = Files.createDirectories(machine.resolve(at));
    Files.writeString(worktree.resolve(".git"), "gitdir: " + gitDirectory + "\n");
    return worktree;
  }

  private static Projects.Project project(String start, String workingDirectory) {
    Path projects = Path.of("/projects");
    Path file = projects.resolve(DirectoryName.of(start)).resolve("s.jsonl");
    var seen = new FileCursor(file.toString(), "", 0, Instant.EPOCH, 0, 0);
    Projects.Project project =
        new Projects().of(TranscriptFile.at(projects, seen), workingDirectory);
    assertThat(project).isNotNull();
    return project;
  }
}
