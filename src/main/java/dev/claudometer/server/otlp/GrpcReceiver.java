package dev.claudometer.server.otlp;

import com.google.protobuf.MessageLite;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.telemetry.ProtobufEvents;
import dev.claudometer.source.telemetry.ProtobufSums;
import dev.claudometer.store.StoreException;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// OTLP over gRPC.
final class GrpcReceiver implements AutoCloseable {

  /// It has a stack trace to write for whatever is not HTTP/2: anybody could fill the log.
  private static final Logger TRANSPORT = Logger.getLogger("io.grpc.okhttp");

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");

  /// Of a message: what gRPC holds itself to, unless it is told otherwise.
  private static final int MOST_BYTES = 4 << 20;

  private static final int CALLS_OF_A_CONNECTION = 16;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final long IDLE_MINUTES = 5;
  private static final long PATIENCE_SECONDS = 5;

  private final Server server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private GrpcReceiver(InetSocketAddress address, TelemetryIntake intake, Senders senders) {
    var connections = new GrpcConnections(MOST_CONNECTIONS);
    var entrance = new GrpcEntrance(senders, BodyPlaces.ofThisProcess(MOST_BYTES), connections);
    server =
        OkHttpServerBuilder.forPort(address, InsecureServerCredentials.create())
            .executor(threads)
            .transportExecutor(threads)
            .maxInboundMessageSize(MOST_BYTES)
            .maxConcurrentCallsPerConnection(CALLS_OF_A_CONNECTION)
            .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
            .socketFactory(connections)
            .intercept(entrance)
            .addService(new Logs(intake))
            .addService(new Metrics(intake))
            .addService(new Traces(intake))
            .build();
  }

  /// Starts listening.
  ///
  /// @throws IOException where the address cannot be listened on
  static GrpcReceiver start(InetSocketAddress address, TelemetryIntake intake, Senders senders)
      throws IOException {
    TRANSPORT.setLevel(Level.OFF);
    var receiver = new GrpcReceiver(address, intake, senders);
    receiver.server.start();
    return receiver;
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException stopping) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    threads.close();
  }

  private static final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
    private final TelemetryIntake intake;

    Logs(TelemetryIntake intake) {
      this.intake = intake;
    }

    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
      answer(
          answer,
          () -> {
            var response = Signals.response(take(GrpcEntrance.DEVICE.get(), request));
            intake.pass(() -> sent("/v1/logs", request));
            return response;
          });
    }

    private long take(DeviceId device, ExportLogsServiceRequest request)
        throws InterruptedException {
      return intake.trusts(device)
          ? intake.takeEvents(device, ProtobufEvents.readStamped(request))
          : intake.take(device, ProtobufEvents.read(request));
    }
  }

  private static final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
    private final TelemetryIntake intake;

    Metrics(TelemetryIntake intake) {
      this.intake = intake;
    }

    @Override
    public void export(
        ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> answer) {
      answer(
          answer,
          () -> {
            var response = Signals.metricsResponse(take(GrpcEntrance.DEVICE.get(), request));
            intake.pass(() -> sent("/v1/metrics", request));
            return response;
          });
    }

    private long take(DeviceId device, ExportMetricsServiceRequest request)
        throws InterruptedException {
      return intake.trusts(device)
          ? intake.takeSums(device, ProtobufSums.readStamped(request))
          : intake.take(device, ProtobufSums.read(request));
    }
  }

  /// Stores a request, and returns when it is durable.
  private interface Storing<A> {
    A store() throws InterruptedException;
  }

  private static <A> void answer(StreamObserver<A> answer, Storing<A> storing) {
    try {
      answer.onNext(storing.store());
      answer.onCompleted();
    } catch (Overloaded overloaded) {
      answer.onError(later("too much comes at once"));
    } catch (StoreException failure) {
      LOG.log(System.Logger.Level.ERROR, String.valueOf(failure.getMessage()));
      answer.onError(later("the store cannot be used at the moment"));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      answer.onError(later("the server is stopping"));
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "telemetry could not be stored", failure);
      answer.onError(later("something went wrong here"));
    }
  }

  /// Clients repeat what was unavailable, and nothing else.
  private static RuntimeException later(String why) {
    return Status.UNAVAILABLE.withDescription(why).asRuntimeException();
  }

  /// The collector is asked by HTTP, whose protobuf is gRPC's message.
  private static Onward.Sent sent(String path, MessageLite message) {
    return new Onward.Sent(path, Signals.PROTOBUF, null, "", message.toByteString());
  }

  private static final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
    private final TelemetryIntake intake;

    Traces(TelemetryIntake intake) {
      this.intake = intake;
    }

    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
      intake.pass(() -> sent("/v1/traces", request));
      answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
