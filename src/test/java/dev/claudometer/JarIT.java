package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/// The jar that has just been made says what it is made of.
class JarIT {

  private static final Path JAR = Path.of("target/claudometer.jar");

  @Test
  void jarSaysWhatItIsMadeOf() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      var entry = jar.getJarEntry("META-INF/sbom/claudometer.cdx.json");
      List<String> parts =
          new ObjectMapper()
              .readTree(jar.getInputStream(entry))
              .at("/components")
              .findValuesAsText("purl");
      assertThat(parts)
          .anyMatch(part -> part.startsWith("pkg:maven/org.xerial/sqlite-jdbc@"))
          .anyMatch(part -> part.startsWith("pkg:maven/io.javalin/javalin@"))
          .noneMatch(part -> part.contains("junit"));
      var licensed = new TreeSet<String>();
      jar.stream()
          .map(each -> each.getName())
          .filter(name -> name.matches("META-INF/licenses/[^/]+/.*(LICENSE|NOTICE|about).*"))
          .forEach(name -> licensed.add(name.split("/")[2]));
      assertThat(licensed).anyMatch(name -> name.startsWith("jackson-core"));
      assertThat(licensed).hasSizeGreaterThan(10);
    }
  }
}
