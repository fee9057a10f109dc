package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What we are built with.
class SupplyChainTest {

  @Test
  void buildToolIsKnownByItsChecksum() throws IOException {
    var wrapper = new Properties();
    try (var in = Files.newInputStream(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
      wrapper.load(in);
    }
    assertThat(wrapper.getProperty("distributionUrl")).startsWith("https://");
    assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
  }

  /// Maven refuses a file with another checksum than the one that stands there, and lets one
  /// through that has none.
  @Test
  void everyLibraryHasItsChecksum() throws IOException {
    Set<String> known =
        Files.readAllLines(Path.of(".mvn/checksums/checksums.sha256")).stream()
            .map(line -> line.split(" +")[1])
            .collect(Collectors.toSet());
    List<String> libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> path.replace('\\', '/'))
            .filter(path -> path.contains("/.m2/repository/") && path.endsWith(".jar"))
            .map(path -> path.replaceFirst(".*/\\.m2/repository/", ""))
            .filter(path -> !path.startsWith("org/junit/platform/junit-platform-console"))
            .toList();
    assertThat(known).as("see CONTRIBUTING: a new library").containsAll(libraries);
    assertThat(Files.readString(Path.of(".mvn/maven.config")))
        .contains("postProcessor.trustedChecksums=true", "/.mvn/checksums");
  }
}
