package dev.claudometer.server.otlp;

import com.google.protobuf.ByteString;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.telemetry.JsonEvents;
import dev.claudometer.source.telemetry.ProtobufEvents;
import dev.claudometer.source.telemetry.Telemetry;
import dev.claudometer.store.StoreException;
import dev.claudometer.wire.body.UnusableBody;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
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
  private static final String REJECTED = "api_request events without a model or tokens";

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
    try {
      return taken(form, intake.take(device, read(form, bytes)));
    } catch (IOException notTelemetry) {
      return Answer.said(400, "the body is not OTLP logs");
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
    return taken(form(contentType), 0);
  }

  private static Telemetry read(String form, byte[] bytes) throws IOException {
    return form.equals(JSON)
        ? JsonEvents.read(new ByteArrayInputStream(bytes))
        : ProtobufEvents.read(bytes);
  }

  private static Answer taken(String form, long rejected) {
    ByteString body =
        form.equals(JSON)
            ? ByteString.copyFromUtf8(json(rejected))
            : response(rejected).toByteString();
    return new Answer(200, form, body);
  }

  private static String json(long rejected) {
    return rejected == 0
        ? "{}"
        : "{\"partialSuccess\":{\"rejectedLogRecords\":\"%d\",\"errorMessage\":\"%s\"}}"
            .formatted(rejected, REJECTED);
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
