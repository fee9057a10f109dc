package dev.claudometer.source.claudecode.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTreeTest {

  private Path projects;
  private Path elsewhere;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    projects = Files.createDirectories(directory.resolve("home/projects"));
    elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
  }

  @Test
  void transcriptsOfAllDepthsAreFound() throws IOException {
    write("p/s1.jsonl");
    write("p/s1/subagents/agent-a1.jsonl");
    write("p/s1/subagents/workflows/wf_1/agent-a2.jsonl");
    write("p/agent-a3.jsonl");
    assertThat(tree().files())
        .extracting(TranscriptFile::project, TranscriptFile::session, TranscriptFile::agent)
        .containsExactlyInAnyOrder(
            tuple(new ProjectName("p"), new SessionId("s1"), ""),
            tuple(new ProjectName("p"), new SessionId("s1"), "a1"),
            tuple(new ProjectName("p"), new SessionId("s1"), "a2"),
            tuple(new ProjectName("p"), new SessionId("agent-a3"), "a3"));
  }

  @Test
  void whatIsNoTranscriptIsIgnored() throws IOException {
    write("p/s1.orphaned.jsonl");
    write("p/s1.superseded-2.jsonl");
    write("p/s1.jsonl.orphaned");
    write("p/s1/subagents/workflows/wf_1/journal.jsonl");
    write("p/s1/subagents/agent-a1.meta.json");
    write("p/sessions-index.json");
    Files.createDirectories(projects.resolve("p/directory.jsonl"));
    assertThat(tree().files()).isEmpty();
    assertThat(tree().unreadable()).isEmpty();
  }

  @Test
  void filesAreSortedByPath() throws IOException {
    write("b/2.jsonl");
    write("b/1.jsonl");
    write("a/3.jsonl");
    assertThat(names()).isSorted().hasSize(3);
  }

  @Test
  void linksAreFollowed() throws IOException {
    Files.createDirectories(elsewhere.resolve("s"));
    Files.writeString(elsewhere.resolve("s/linked.jsonl"), "x\n");
    Files.writeString(elsewhere.resolve("one.jsonl"), "x\n");
    Files.createDirectories(projects.resolve("p"));
    Files.createSymbolicLink(projects.resolve("p/dir"), elsewhere.resolve("s"));
    Files.createSymbolicLink(projects.resolve("p/file.jsonl"), elsewhere.resolve("one.jsonl"));
    assertThat(names()).containsExactly("p/dir/linked.jsonl", "p/file.jsonl");
    assertThat(tree().files()).extracting(file -> file.seen().size()).containsExactly(2L, 2L);
  }

  @Test
  void projectsMayItselfBeALink() throws IOException {
    write("p/s1.jsonl");
    Path link = Files.createSymbolicLink(elsewhere.resolve("projects"), projects);
    TranscriptTree tree = TranscriptTree.below(List.of(new ClaudeHome(link)));
    assertThat(tree.files())
        .extracting(TranscriptFile::project)
        .containsExactly(new ProjectName("p"));
  }

  @Test
  void loopOfLinksEndsAndIsNoProblem() throws IOException {
    write("p/s1.jsonl");
    Files.createSymbolicLink(projects.resolve("p/again"), projects);
    Files.createSymbolicLink(projects.resolve("p/itself.jsonl"), Path.of("itself.jsonl"));
    assertThat(names()).containsExactly("p/s1.jsonl");
  }

  @Test
  void linkToNothingIsNoTranscriptAndNoProblem() throws IOException {
    write("p/s1.jsonl");
    Files.createSymbolicLink(projects.resolve("p/gone.jsonl"), elsewhere.resolve("absent"));
    assertThat(names()).containsExactly("p/s1.jsonl");
    assertThat(tree().unreadable()).isEmpty();
  }

  @Test
  @Tag("process")
  void pipeIsIgnored() throws IOException, InterruptedException {
    write("p/s1.jsonl");
    Path pipe = projects.resolve("p/pipe.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
        .isZero();
    assertThat(names()).containsExactly("p/s1.jsonl");
  }

  @Test
  void severalHomesAreReadTogether() throws IOException {
    write("p/s1.jsonl");
    Files.createDirectories(elsewhere.resolve("q"));
    Files.writeString(elsewhere.resolve("q/s2.jsonl"), "");
    TranscriptTree tree =
        TranscriptTree.below(List.of(new ClaudeHome(projects), new ClaudeHome(elsewhere)));
    assertThat(tree.files())
        .extracting(TranscriptFile::project)
        .containsExactlyInAnyOrder(new ProjectName("p"), new ProjectName("q"));
  }

  @Test
  void nothingHasBeenReadOfAFileThatWasOnlySeen() throws IOException {
    write("p/s1.jsonl");
    TranscriptFile file = tree().files().getFirst();
    assertThat(file.seen().offset()).isZero();
    assertThat(file.seen().size()).isEqualTo(3);
    assertThat(file.seen().identity()).isNotEmpty();
    assertThat(file.seen().unchanged(tree().files().getFirst().seen())).isTrue();
  }

  private TranscriptTree tree() throws IOException {
    return TranscriptTree.below(List.of(new ClaudeHome(projects)));
  }

  private List<String> names() throws IOException {
    return tree().files().stream()
        .map(file -> projects.relativize(Path.of(file.path())).toString())
        .toList();
  }

  private void write(String name) throws IOException {
    Path file = projects.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}\n");
  }
}
