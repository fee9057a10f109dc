package dev.claudometer;

import static dev.claudometer.GenuineTelemetryTest.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.ingest.Gate;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.otlp.Onward;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.server.otlp.Stamps;
import dev.claudometer.server.otlp.TelemetryIntake;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.sqlite.SqliteStore;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recorded clients' bodies through the real receiver, each in another encoding than the one
/// before, shuffled and doubled, beside the recorded homes: they come to what was used, and to the
/// same sums as in order and once. Skipped where the recordings do not lie beside the project.
@Tag("long")
class GenuineReplayTest {

  @TempDir Path directory;

  @Test
  void everyEncodingInAnyOrderComesToWhatWasUsed() throws Exception {
    assumeTrue(Files.isDirectory(RECORDED), "no recordings beside the project");
    try (UsageStore shuffled = open("shuffled");
        UsageStore ordered = open("ordered");
        HttpClient client = HttpClient.newHttpClient()) {
      for (Path home : GenuineTelemetryTest.homes()) {
        GenuineTelemetryTest.sync(shuffled, home);
      }
      List<Path> bodies = new ArrayList<>(all());
      try (var receiver = new Listening(ordered, client)) {
        for (Path body : bodies) {
          receiver.send(body, Form.JSON);
        }
      }
      bodies.addAll(List.copyOf(bodies));
      Collections.shuffle(bodies, new Random(19));
      try (var receiver = new Listening(shuffled, client)) {
        for (int i = 0; i < bodies.size(); i++) {
          receiver.send(bodies.get(i), Form.values()[i % Form.values().length]);
        }
        assertThat(receiver.intake.unreadable()).isZero();
      }
      assertThat(differences(shuffled)).isEqualTo(GenuineTelemetryTest.NAMED);
      assertThat(shuffled.told(TimeRange.ALL))
          .containsOnly(Map.entry(DeviceId.THIS, new Told(104, 28, 1)));
      assertThat(sums(shuffled)).isEqualTo(sums(ordered)).isNotEmpty();
      assertThat(shuffled.verify()).isEmpty();
    }
  }

  private UsageStore open(String name) {
    return SqliteStore.open(directory.resolve(name), PriceBook::builtIn);
  }

  private static List<Path> all() throws IOException {
    try (var files = Files.walk(RECORDED.resolve("otlp"))) {
      return files
          .filter(path -> path.getFileName().toString().matches(".*-(logs|metrics)\\.(json|pb)"))
          .sorted()
          .toList();
    }
  }

  private static Map<String, String> differences(UsageStore store) throws IOException {
    var differences = new TreeMap<String, String>();
    Map<String, Long> used = GenuineTelemetryTest.used(store);
    GenuineTelemetryTest.truth()
        .forEach(
            (session, tokens) -> {
              long counted = used.getOrDefault(session, 0L);
              if (counted != tokens) {
                differences.put(session, counted + " for " + tokens);
              }
            });
    return differences;
  }

  /// What clients have summed; of lost events the order of bodies says more or less.
  private static Map<String, Long> sums(UsageStore store) {
    var sums = new TreeMap<String, Long>();
    for (ActivityCount count : store.activities(TimeRange.ALL)) {
      String kind = count.kind().name();
      if (count.kind().isSum() && !kind.startsWith("EVENTS_")) {
        sums.put(kind + " " + count.name(), count.sum());
      }
    }
    return sums;
  }

  private enum Form {
    JSON,
    PROTOBUF,
    GRPC,
    ZIPPED_AND_CHUNKED
  }

  /// A receiver with its clients.
  private static final class Listening implements AutoCloseable {

    private final TelemetryIntake intake;
    private final Receiver receiver;
    private final ManagedChannel channel;
    private final HttpClient client;

    Listening(UsageStore store, HttpClient client) {
      this.client = client;
      intake =
          new TelemetryIntake(
              (device, come) -> {
                var gate = new Gate(store, device);
                gate.accept(come);
                gate.flush();
              },
              Onward.NOWHERE,
              Stamps.NONE);
      receiver = Receiver.ofThisMachine(new Ports(0, 0), intake, (_, _) -> DeviceId.THIS);
      channel =
          OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
    }

    /// Sends a body, those that were recorded as JSON in any form.
    void send(Path body, Form form) throws Exception {
      boolean logs = body.toString().contains("-logs.");
      boolean json = body.toString().endsWith(".json");
      byte[] bytes = Files.readAllBytes(body);
      String path = logs ? "/v1/logs" : "/v1/metrics";
      byte[] binary = json ? (logs ? OtlpBytes.logs(bytes) : OtlpBytes.metrics(bytes)) : bytes;
      switch (form) {
        case JSON -> post(path, json, bytes, null);
        case PROTOBUF -> post(path, false, binary, null);
        case ZIPPED_AND_CHUNKED -> post("/some/prefix" + path, json, bytes, "gzip");
        case GRPC -> {
          if (logs) {
            LogsServiceGrpc.newBlockingStub(channel)
                .export(ExportLogsServiceRequest.parseFrom(binary));
          } else {
            MetricsServiceGrpc.newBlockingStub(channel)
                .export(ExportMetricsServiceRequest.parseFrom(binary));
          }
        }
      }
    }

    private void post(String path, boolean json, byte[] bytes, String encoding) throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.httpPort() + path))
              .header("Content-Type", json ? "application/json" : "application/x-protobuf");
      if (encoding == null) {
        request.POST(BodyPublishers.ofByteArray(bytes));
      } else {
        byte[] zipped = gzip(bytes);
        request
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(zipped)));
      }
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
      var out = new ByteArrayOutputStream();
      try (var zip = new GZIPOutputStream(out)) {
        zip.write(bytes);
      }
      return out.toByteArray();
    }

    @Override
    public void close() {
      channel.shutdownNow();
      receiver.close();
    }
  }
}
