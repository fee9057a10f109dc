package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPOutputStream;

/// A client, in each form that one can send in.
final class Sender implements AutoCloseable {

  /// How a body is sent; `CHUNKED` has no length, as 2.1.20 sends.
  enum Form {
    JSON,
    CHUNKED,
    ZIPPED_JSON,
    PROTOBUF,
    ZIPPED_PROTOBUF,
    GRPC,
    ZIPPED_GRPC;

    boolean grpc() {
      return this == GRPC || this == ZIPPED_GRPC;
    }

    boolean json() {
      return this == JSON || this == CHUNKED || this == ZIPPED_JSON;
    }

    private boolean zipped() {
      return name().startsWith("ZIPPED");
    }
  }

  /// One thing to say, in both encodings.
  ///
  /// @param signal `logs`, `metrics` or `traces`
  record Saying(String signal, byte[] json, MessageLite binary) {

    static Saying call(String request, long output) {
      return new Saying(
          "logs",
          ReceiverContract.json(request, Long.toString(output)),
          ReceiverContract.binary(request, output));
    }

    static Saying logs(String json, ExportLogsServiceRequest binary) {
      return new Saying("logs", json.getBytes(UTF_8), binary);
    }

    static Saying commits(long count) {
      return new Saying(
          "metrics", ReceiverContract.jsonCommits(count), ReceiverContract.commits(count));
    }

    static Saying spans() {
      return new Saying(
          "traces",
          "{\"resourceSpans\":[{}]}".getBytes(UTF_8),
          ExportTraceServiceRequest.getDefaultInstance());
    }
  }

  /// What is answered; gRPC's codes as the statuses that mean the same.
  ///
  /// @param again after how many seconds it may be sent again, 0 where nothing is said of it
  record Said(int status, long again, String contentType, byte[] body) {

    long rejected(Form form) throws InvalidProtocolBufferException {
      String text = new String(body, UTF_8);
      if (form.json()) {
        String digits = text.replaceAll("(?s).*\"rejected\\w+\":\"(\\d+)\".*", "$1");
        return digits.equals(text) ? 0 : Long.parseLong(digits);
      }
      return ExportLogsServiceResponse.parseFrom(body).getPartialSuccess().getRejectedLogRecords();
    }
  }

  private final Receiver receiver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ManagedChannel channel;

  Sender(Receiver receiver) {
    this.receiver = receiver;
    channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
  }

  Said send(Form form, Saying saying) throws IOException, InterruptedException {
    if (form.grpc()) {
      return grpc(saying, form.zipped());
    }
    byte[] body = form.json() ? saying.json() : saying.binary().toByteArray();
    return post(
        form == Form.CHUNKED,
        saying.signal(),
        form.json() ? "application/json" : "application/x-protobuf",
        form.zipped() ? "gzip" : null,
        form.zipped() ? gzip(body) : body);
  }

  /// @param chunked without a length
  Said post(boolean chunked, String signal, String type, String encoding, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/" + signal))
            .header("Content-Type", type)
            .POST(
                chunked
                    ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                    : BodyPublishers.ofByteArray(body));
    if (encoding != null) {
      request.header("Content-Encoding", encoding);
    }
    var answer = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Said(
        answer.statusCode(),
        answer.headers().firstValueAsLong("Retry-After").orElse(0),
        answer.headers().firstValue("Content-Type").orElse(""),
        answer.body());
  }

  private Said grpc(Saying saying, boolean zipped) {
    return switch (saying.binary()) {
      case ExportLogsServiceRequest logs -> call(LogsServiceGrpc.getExportMethod(), logs, zipped);
      case ExportMetricsServiceRequest metrics ->
          call(MetricsServiceGrpc.getExportMethod(), metrics, zipped);
      case ExportTraceServiceRequest traces ->
          call(TraceServiceGrpc.getExportMethod(), traces, zipped);
      default -> throw new IllegalArgumentException(saying.signal());
    };
  }

  private <Q, A extends MessageLite> Said call(
      MethodDescriptor<Q, A> method, Q request, boolean zipped) {
    CallOptions options =
        zipped ? CallOptions.DEFAULT.withCompression("gzip") : CallOptions.DEFAULT;
    try {
      A answer = ClientCalls.blockingUnaryCall(channel, method, options, request);
      return new Said(200, 0, "", answer.toByteArray());
    } catch (StatusRuntimeException refused) {
      return switch (refused.getStatus().getCode()) {
        // which clients repeat after a while of their own
        case UNAVAILABLE -> new Said(503, 1, "", new byte[0]);
        case UNAUTHENTICATED -> new Said(401, 0, "", new byte[0]);
        case RESOURCE_EXHAUSTED -> new Said(413, 0, "", new byte[0]);
        default -> throw refused;
      };
    }
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /// The commits of a metrics' answer, whose rejected points are another message's.
  static long rejectedPoints(Form form, Said said) throws InvalidProtocolBufferException {
    return form.json()
        ? said.rejected(form)
        : ExportMetricsServiceResponse.parseFrom(said.body())
            .getPartialSuccess()
            .getRejectedDataPoints();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    client.close();
  }
}
