package dev.claudometer.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The Helm chart, rendered by Helm itself: what comes out is what Kubernetes's schema knows, and
/// does what the values say.
@Tag("long")
class HelmChartTest {

  private static final Path CHART = Path.of("deploy/helm");

  private static TemplateCommand template() {
    return new Helm(CHART).template().withName("usage");
  }

  /// By kind.
  private static Map<String, Map<String, Object>> rendered(TemplateCommand template) {
    var objects = new TreeMap<String, Map<String, Object>>();
    for (Object each : new Yaml().loadAll(template.call())) {
      if (each instanceof Map<?, ?> object) {
        @SuppressWarnings("unchecked")
        var known = (Map<String, Object>) object;
        objects.put(String.valueOf(known.get("kind")), known);
      }
    }
    return objects;
  }

  private static Path values(String name) {
    return CHART.resolve("ci").resolve(name + ".yaml");
  }

  /// One thing deep inside: `spec.template.spec`, `containers.0`.
  private static Object at(Object object, String path) {
    Object found = object;
    for (String step : path.split("\\.", -1)) {
      found =
          found instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : Objects.requireNonNull(((Map<?, ?>) found).get(step), path);
    }
    return found;
  }

  @Test
  void helmHasNothingToSayAgainstIt() {
    LintResult lint = new Helm(CHART).lint().strict().call();
    assertThat(lint.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
    assertThat(lint.isFailed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"least", "all"})
  void everyObjectIsWhatKubernetesKnows(String name) throws IOException {
    for (Map<String, Object> object : rendered(template().withValuesFile(values(name))).values()) {
      JsonElement json = new Gson().toJsonTree(object);
      switch (String.valueOf(object.get("kind"))) {
        case "Service" -> V1Service.validateJsonElement(json);
        case "StatefulSet" -> V1StatefulSet.validateJsonElement(json);
        case "Deployment" -> V1Deployment.validateJsonElement(json);
        case "Ingress" -> V1Ingress.validateJsonElement(json);
        case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
        case "ServiceMonitor" -> // the Prometheus Operator's own; its schema is not here
            assertThat(at(object, "spec.endpoints.0.authorization.credentials"))
                .isEqualTo(Map.of("name", "claudometer", "key", "metrics-token"));
        default -> throw new AssertionError("an unknown kind: " + object);
      }
    }
  }

  @Test
  void schemaIsReallyAsked() {
    JsonElement wrong = new Gson().toJsonTree(Map.of("kind", "Service", "sepc", Map.of()));
    assertThatThrownBy(() -> V1Service.validateJsonElement(wrong)).hasMessageContaining("sepc");
  }

  @Test
  void leastIsOneServerWithAVolumeAndNothingElse() {
    Map<String, Map<String, Object>> objects = rendered(template());
    assertThat(objects.keySet()).containsExactly("Service", "StatefulSet");
    Object set = objects.get("StatefulSet");
    assertThat(at(set, "spec.replicas")).isEqualTo(1);
    assertThat(at(set, "spec.template.spec.containers.0.image"))
        .isEqualTo("ghcr.io/claudometer/claudometer:v0.1.0");
    assertThat(at(set, "spec.template.spec.securityContext.runAsNonRoot")).isEqualTo(true);
    assertThat(at(set, "spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem"))
        .isEqualTo(true);
    assertThat(at(set, "spec.volumeClaimTemplates.0.spec.resources.requests.storage"))
        .isEqualTo("5Gi");
    assertThat(at(objects.get("Service"), "spec.selector"))
        .isEqualTo(at(set, "spec.selector.matchLabels"));
  }

  @Test
  void withADatabaseItIsADeploymentAndSecretsAreFiles() {
    Map<String, Map<String, Object>> objects = rendered(template().withValuesFile(values("all")));
    assertThat(objects.keySet())
        .containsExactly("Deployment", "Ingress", "NetworkPolicy", "Service", "ServiceMonitor");
    Object pod = at(objects.get("Deployment"), "spec.template.spec");
    assertThat(at(pod, "containers.0.env").toString())
        .contains("{name=DATABASE_URL_FILE, value=/run/secrets/claudometer/database-url}")
        .contains("{name=CLAUDOMETER_PUBLIC_URL, value=https://claudometer.example}")
        .doesNotContain("secretKeyRef");
    assertThat(at(pod, "volumes").toString())
        .contains("{secret={name=claudometer, items=[{key=database-url, path=database-url}]}}");
    assertThat(at(objects.get("Ingress"), "spec.rules.0.http.paths.0.backend.service.name"))
        .isEqualTo(at(objects.get("Service"), "metadata.name"));
  }

  @ParameterizedTest
  @CsvSource({
    "replicas, 2, several replicas need one PostgreSQL",
    "ingress.enabled, true, an ingress needs ingress.host and publicUrl",
    "serviceMonitor.enabled, true, a service monitor needs metricsToken.secret",
    "replica, 2, replica is not allowed"
  })
  void whatCannotWorkIsRefused(String value, String set, String said) {
    assertThatThrownBy(() -> template().set(value, set).call()).hasMessageContaining(said);
  }

  /// What the pod runs has to be there: the probes' paths, the port, the user of the image.
  @Test
  void podFitsTheImage() throws IOException {
    String image = Files.readString(Path.of("deploy/docker/Dockerfile"));
    Object pod = at(rendered(template()).get("StatefulSet"), "spec.template.spec");
    assertThat(image).contains("USER " + at(pod, "securityContext.runAsUser") + ":");
    assertThat(image)
        .containsPattern("EXPOSE .*\\b" + at(pod, "containers.0.ports.0.containerPort"));
    assertThat(
            StreamSupport.stream(((Iterable<?>) at(pod, "containers.0.args")).spliterator(), false))
        .first()
        .isEqualTo("serve");
  }
}
