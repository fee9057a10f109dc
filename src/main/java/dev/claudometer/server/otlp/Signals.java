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
import dev.claudometer.wire.body.BodyTooLarge;
import dev.claudometer.wire.body.MalformedDelivery;
import dev.claudometer.wire.body.UnsupportedEncoding;
import dev.claudometer.wire.body.UnusableBody;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
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

  /// A body that is too large, or not packed as it says.
  static Answer unusable(UnusableBody why) {
    int status =
        switch (why) {
          case BodyTooLarge _ -> 413;
          case UnsupportedEncoding _ -> 415;
          case MalformedDelivery _ -> 400;
        };
    return Answer.said(status, String.valueOf(why.getMessage()));
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

  /// A body that was read, and is to be stored.
  interface Read {

    /// Stores what it tells, and returns when that is durable.
    Answer store() throws InterruptedException;
  }

  /// Makes out what a body tells.
  private interface Reader {
    Taking read() throws IOException;
  }

  /// Stores what a body tells, and says how much of it cannot be used.
  private interface Taking {
    long take() throws InterruptedException;
  }

  /// Reads a body of logs.
  ///
  /// @param body decompressed
  /// @throws UnusableBody where it is too large, or not compressed as it says
  Read logs(@Nullable String contentType, InputStream body, DeviceId device) throws IOException {
    String form = form(contentType);
    byte[] bytes = body.readAllBytes();
    return read(
        () -> events(form, bytes, device),
        rejected ->
            new Answer(
                200,
                form,
                form.equals(JSON)
                    ? json(rejected, "rejectedLogRecords", REJECTED)
                    : response(rejected).toByteString()));
  }

  /// Reads a body of metrics.
  ///
  /// @param body decompressed
  /// @throws UnusableBody where it is too large, or not compressed as it says
  Read metrics(@Nullable String contentType, InputStream body, DeviceId device) throws IOException {
    String form = form(contentType);
    byte[] bytes = body.readAllBytes();
    return read(
        () -> sums(form, bytes, device),
        rejected ->
            new Answer(
                200,
                form,
                form.equals(JSON)
                    ? json(rejected, "rejectedDataPoints", REJECTED_POINTS)
                    : metricsResponse(rejected).toByteString()));
  }

  private static Read read(Reader reader, LongFunction<Answer> answer) {
    try {
      Taking taking = reader.read();
      return () -> stored(() -> answer.apply(taking.take()));
    } catch (IOException notTelemetry) {
      Answer refused = Answer.said(400, "the body is not what OTLP sends to this path");
      return () -> refused;
    } catch (RuntimeException failure) {
      Answer later = failed(failure);
      return () -> later;
    }
  }

  private static Answer stored(Read read) throws InterruptedException {
    try {
      return read.store();
    } catch (Overloaded overloaded) {
      return Answer.said(503, "too much comes at once");
    } catch (StoreException failure) {
      LOG.log(System.Logger.Level.ERROR, String.valueOf(failure.getMessage()));
      return Answer.said(503, "the store cannot be used at the moment");
    } catch (RuntimeException failure) {
      return failed(failure);
    }
  }

  /// What nobody has foreseen may go well the next time.
  static Answer failed(RuntimeException unforeseen) {
    LOG.log(System.Logger.Level.ERROR, "telemetry could not be stored", unforeseen);
    return Answer.said(503, "something went wrong here");
  }

  /// What we have no use for is taken all the same: a client that is refused says so to nobody.
  Answer heard(@Nullable String contentType, InputStream body) throws IOException {
    body.skip(Long.MAX_VALUE);
    String form = form(contentType);
    return new Answer(200, form, ByteString.copyFromUtf8(form.equals(JSON) ? "{}" : ""));
  }

  private Taking events(String form, byte[] bytes, DeviceId device) throws IOException {
    if (intake.trusts(device)) {
      Map<String, Telemetry> told =
          form.equals(JSON)
              ? JsonEvents.readStamped(new ByteArrayInputStream(bytes))
              : ProtobufEvents.readStamped(bytes);
      return () -> intake.takeEvents(device, told);
    }
    Telemetry told =
        form.equals(JSON)
            ? JsonEvents.read(new ByteArrayInputStream(bytes))
            : ProtobufEvents.read(bytes);
    return () -> intake.take(device, told);
  }

  private Taking sums(String form, byte[] bytes, DeviceId device) throws IOException {
    if (intake.trusts(device)) {
      Map<String, MetricSums> told =
          form.equals(JSON)
              ? JsonSums.readStamped(new ByteArrayInputStream(bytes))
              : ProtobufSums.readStamped(bytes);
      return () -> intake.takeSums(device, told);
    }
    MetricSums told =
        form.equals(JSON)
            ? JsonSums.read(new ByteArrayInputStream(bytes))
            : ProtobufSums.read(bytes);
    return () -> intake.take(device, told);
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
