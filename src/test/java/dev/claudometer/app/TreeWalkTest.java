package dev.claudometer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeWalkTest {

  @Test
  void findsWhatIsThere() throws IOException, InterruptedException {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path projects = Files.createDirectories(files.getPath("/home/projects/-w-app"));
      Files.writeString(projects.resolve("s-1.jsonl"), "{}\n");
      TreeWalk walk = TreeWalk.begun(List.of(new ClaudeHome(projects.getParent())));
      assertThat(walk.tree().files()).hasSize(1);
    }
  }

  @Test
  void whatFailsInItFailsInWhoeverWaitsForIt() throws IOException {
    FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    var home = new ClaudeHome(Files.createDirectories(files.getPath("/home/projects")));
    files.close();
    assertThatThrownBy(TreeWalk.begun(List.of(home))::tree)
        .isInstanceOf(ClosedFileSystemException.class);
  }
}
