package dev.claudometer.server.otlp;

import com.google.protobuf.ByteString;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.telemetry.JsonEvents;
import dev.claudometer.source.telemetry.JsonSums;
import dev.claudometer.source.telemetry.MetricSums;
import dev.claudometer.source.telemetry.ProtobufEvents;
import dev.claudometer.source.telemetry.ProtobufSums;
import dev.claudometer.source.telemetry.Telemetry;
import dev.claudometer.store.StoreException;
import dev.claudometer.wire.body.UnusableBody;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is done with a body of OTLP over HTTP, and what is answered.
///
/// The client repeats a body after 429, 502, 503 and 504 alone, and only where it is told to wait a
/// few seconds at most: so whatever may succeed later is 503, and 4xx is what nobody will ever be
/// able to take.
final class Signals {

  static final String JSON = "application/json";
  static final String PROTOBUF = "application/x-protobuf";
  static final long AGAIN_SECONDS = 1;

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");
  private static final String REJECTED =
      "api_request events without a model, or without tokens and a time that can be";
  private static final String REJECTED_POINTS = "points without a time or a possible amount";

  private final TelemetryIntake intake;

  Signals(TelemetryIntake intake) {
    this.intake = intake;
  }

  /// @param body in the content type
  record Answer(int status, String contentType, ByteString body) {

    private static Answer said(int status, String why) {
      return new Answer(status, "text/plain; charset=utf-8", ByteString.copyFromUtf8(why));
    }

    boolean later() {
      return status == 503;
    }
  }

  /// Sends on what was answered so, where that took it.
  void pass(Answer answer, Supplier<Onward.Sent> body) {
    if (answer.status() == 200) {
      intake.pass(body);
    }
  }

  /// A content type that is not one of OTLP; null where it is one.
  static @Nullable Answer unsupported(@Nullable String contentType) {
    return form(contentType).isEmpty()
        ? Answer.said(415, "the body has to be " + JSON + " or " + PROTOBUF)
        : null;
  }

  private static String form(@Nullable String contentType) {
    String type =
        contentType == null
            ? ""
            : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case JSON -> JSON;
      case PROTOBUF, "application/protobuf" -> PROTOBUF;
      default -> "";
    };
  }

  /// Stores what a body of logs tells.
  ///
  /// @param body decompressed
  /// @throws UnusableBody where it is too large, or not compressed as it says
  Answer logs(@Nullable String contentType, InputStream body, DeviceId device)
      throws IOException, InterruptedException {
    String form = form(contentType);
    byte[] bytes = body.readAllBytes();
    return stored(
        () -> {
          long rejected = takeLogs(form, bytes, device);
          return new Answer(
              200,
              form,
              form.equals(JSON)
                  ? json(rejected, "rejectedLogRecords", REJECTED)
                  : response(rejected).toByteString());
        });
  }

  /// Stores what a body of metrics tells.
  ///
  /// @param body decompressed
  /// @throws UnusableBody where it is too large, or not compressed as it says
  Answer metrics(@Nullable String contentType, InputStream body, DeviceId device)
      throws IOException, InterruptedException {
    String form = form(contentType);
    byte[] bytes = body.readAllBytes();
    return stored(
        () -> {
          long rejected = takeMetrics(form, bytes, device);
          return new Answer(
              200,
              form,
              form.equals(JSON)
                  ? json(rejected, "rejectedDataPoints", REJECTED_POINTS)
                  : metricsResponse(rejected).toByteString());
        });
  }

  /// Reads and stores a body.
  private interface Storing {
    Answer store() throws IOException, InterruptedException;
  }

  private static Answer stored(Storing storing) throws InterruptedException {
    try {
      return storing.store();
    } catch (IOException notTelemetry) {
      return Answer.said(400, "the body is not what OTLP sends to this path");
    } catch (Overloaded overloaded) {
      return Answer.said(503, "too much comes at once");
    } catch (StoreException failure) {
      LOG.log(System.Logger.Level.ERROR, String.valueOf(failure.getMessage()));
      return Answer.said(503, "the store cannot be used at the moment");
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "telemetry could not be stored", failure);
      return Answer.said(503, "something went wrong here");
    }
  }

  /// What we have no use for is taken all the same: a client that is refused says so to nobody.
  Answer heard(@Nullable String contentType, InputStream body) throws IOException {
    body.skip(Long.MAX_VALUE);
    String form = form(contentType);
    return new Answer(200, form, ByteString.copyFromUtf8(form.equals(JSON) ? "{}" : ""));
  }

  private long takeLogs(String form, byte[] bytes, DeviceId device)
      throws IOException, InterruptedException {
    if (!intake.trusts(device)) {
      return intake.take(device, read(form, bytes));
    }
    return intake.takeEvents(
        device,
        form.equals(JSON)
            ? JsonEvents.readStamped(new ByteArrayInputStream(bytes))
            : ProtobufEvents.readStamped(bytes));
  }

  private long takeMetrics(String form, byte[] bytes, DeviceId device)
      throws IOException, InterruptedException {
    if (!intake.trusts(device)) {
      return intake.take(device, sums(form, bytes));
    }
    return intake.takeSums(
        device,
        form.equals(JSON)
            ? JsonSums.readStamped(new ByteArrayInputStream(bytes))
            : ProtobufSums.readStamped(bytes));
  }

  private static Telemetry read(String form, byte[] bytes) throws IOException {
    return form.equals(JSON)
        ? JsonEvents.read(new ByteArrayInputStream(bytes))
        : ProtobufEvents.read(bytes);
  }

  private static MetricSums sums(String form, byte[] bytes) throws IOException {
    return form.equals(JSON)
        ? JsonSums.read(new ByteArrayInputStream(bytes))
        : ProtobufSums.read(bytes);
  }

  private static ByteString json(long rejected, String what, String why) {
    return ByteString.copyFromUtf8(
        rejected == 0
            ? "{}"
            : "{\"partialSuccess\":{\"%s\":\"%d\",\"errorMessage\":\"%s\"}}"
                .formatted(what, rejected, why));
  }

  static ExportMetricsServiceResponse metricsResponse(long rejected) {
    var response = ExportMetricsServiceResponse.newBuilder();
    if (rejected > 0) {
      response.setPartialSuccess(
          ExportMetricsPartialSuccess.newBuilder()
              .setRejectedDataPoints(rejected)
              .setErrorMessage(REJECTED_POINTS));
    }
    return response.build();
  }

  static ExportLogsServiceResponse response(long rejected) {
    var response = ExportLogsServiceResponse.newBuilder();
    if (rejected > 0) {
      response.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(rejected)
              .setErrorMessage(REJECTED));
    }
    return response.build();
  }
}
