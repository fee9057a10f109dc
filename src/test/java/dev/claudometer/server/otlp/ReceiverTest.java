package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiverTest extends ReceiverContract {

  @Override
  protected Receiver start(Ports ports, TelemetryIntake intake, Senders senders) {
    return Receiver.start(
        "127.0.0.1", ports, intake, senders, InstantSource.system(), InstantSource.system());
  }

  @Test
  void keySaysWhoSendsAndAWrongOneIsRefused() throws Exception {
    post(
        "/v1/logs",
        "application/json",
        json("req_1", "500"),
        Map.of("Authorization", "Bearer " + KEY));
    assertThat(output("laptop")).isEqualTo(500);
    HttpResponse<byte[]> refused =
        post(
            "/v1/logs",
            "application/json",
            json("req_2", "500"),
            Map.of("Authorization", "Bearer dk_wrong"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(new String(refused.body(), UTF_8)).contains("OTEL_EXPORTER_OTLP_HEADERS");
  }

  @Test
  void wrongKeyIsRefusedOverGrpcToo() {
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort()).usePlaintext().build();
    try {
      var headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer dk_wrong");
      var logs =
          LogsServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
      var refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> logs.export(binary("req_2", 1)));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(output("here")).isZero();
    } finally {
      channel.shutdownNow();
    }
  }
}
