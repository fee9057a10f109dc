package dev.claudometer.export.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ForwardingServerCallListener;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real OTLP receiver on loopback, by gRPC or by HTTP.
public final class OtlpReceiver implements AutoCloseable {

  public final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
  public final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();

  /// Header by name, of the last delivery.
  public final Map<String, String> headers = new ConcurrentSkipListMap<>();

  /// How many deliveries came, answered or not.
  public final AtomicInteger asked = new AtomicInteger();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final AutoCloseable server;
  private final int port;
  private volatile Mood mood = Mood.TAKES;

  /// How it answers.
  public enum Mood {
    TAKES,
    BUSY,
    TOO_MANY,
    REFUSES,
    HANGS
  }

  private OtlpReceiver(boolean grpc, int at) {
    try {
      if (grpc) {
        Server started = grpc(at).build().start();
        server = started::shutdownNow;
        port = started.getPort();
      } else {
        HttpServer started = http(at);
        started.start();
        server = () -> started.stop(0);
        port = started.getAddress().getPort();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static OtlpReceiver grpc() {
    return new OtlpReceiver(true, 0);
  }

  public static OtlpReceiver http() {
    return new OtlpReceiver(false, 0);
  }

  /// One where none was before.
  public static OtlpReceiver grpcAt(int port) {
    return new OtlpReceiver(true, port);
  }

  private OkHttpServerBuilder grpc(int at) {
    var metricsService =
        service(
            "opentelemetry.proto.collector.metrics.v1.MetricsService",
            ExportMetricsServiceRequest.parser(),
            ExportMetricsServiceResponse.getDefaultInstance(),
            metrics);
    var traceService =
        service(
            "opentelemetry.proto.collector.trace.v1.TraceService",
            ExportTraceServiceRequest.parser(),
            ExportTraceServiceResponse.getDefaultInstance(),
            traces);
    return OkHttpServerBuilder.forPort(at, InsecureServerCredentials.create())
        .maxInboundMessageSize(4 << 20)
        .flowControlWindow(4 << 20)
        .addService(ServerInterceptors.intercept(metricsService, new Heads()))
        .addService(ServerInterceptors.intercept(traceService, new Heads()));
  }

  private <Q extends Message, A extends Message> ServerServiceDefinition service(
      String name, Parser<Q> questions, A answer, List<Q> taken) {
    MethodDescriptor<Q, A> method =
        MethodDescriptor.<Q, A>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName(name + "/Export")
            .setRequestMarshaller(new Proto<>(questions))
            .setResponseMarshaller(new Proto<>(null))
            .build();
    return ServerServiceDefinition.builder(name)
        .addMethod(
            method,
            ServerCalls.asyncUnaryCall((question, to) -> answer(question, answer, taken, to)))
        .build();
  }

  private <Q, A> void answer(Q question, A answer, List<Q> taken, StreamObserver<A> to) {
    asked.incrementAndGet();
    switch (mood) {
      case TAKES -> {
        taken.add(question);
        to.onNext(answer);
        to.onCompleted();
      }
      case BUSY -> to.onError(Status.UNAVAILABLE.asRuntimeException());
      case TOO_MANY -> to.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
      case REFUSES ->
          to.onError(
              Status.UNAUTHENTICATED
                  .withDescription("not with " + headers.get("x-key"))
                  .asRuntimeException());
      case HANGS -> hang();
    }
  }

  private void hang() {
    try {
      ended.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private record Proto<M extends Message>(Parser<M> parser) implements Marshaller<M> {
    @Override
    public InputStream stream(M message) {
      return new ByteArrayInputStream(message.toByteArray());
    }

    @Override
    public M parse(InputStream stream) {
      try {
        return parser.parseFrom(stream);
      } catch (InvalidProtocolBufferException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private final class Heads implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
      for (String name : metadata.keys()) {
        if (!name.endsWith("-bin")) {
          headers.put(name, metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
      }
      return new ForwardingServerCallListener.SimpleForwardingServerCallListener<Q>(
          next.startCall(call, metadata)) {};
    }
  }

  private HttpServer http(int at) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
    http.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    http.createContext(
        "/v1/metrics", exchange -> answer(exchange, ExportMetricsServiceRequest.parser(), metrics));
    http.createContext(
        "/v1/traces", exchange -> answer(exchange, ExportTraceServiceRequest.parser(), traces));
    return http;
  }

  private <Q extends Message> void answer(HttpExchange exchange, Parser<Q> parser, List<Q> taken)
      throws IOException {
    asked.incrementAndGet();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (mood) {
      case TAKES -> {
        taken.add(parser.parseFrom(body));
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
      }
      case BUSY -> exchange.sendResponseHeaders(503, -1);
      case TOO_MANY -> exchange.sendResponseHeaders(429, -1);
      case REFUSES -> exchange.sendResponseHeaders(401, -1);
      case HANGS -> hang();
    }
    exchange.close();
  }

  public void mood(Mood next) {
    mood = next;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /// What was delivered, metric by metric.
  public List<Metric> delivered() {
    return metrics.stream()
        .flatMap(request -> request.getResourceMetricsList().stream())
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .toList();
  }

  /// The spans that were delivered.
  public List<Span> spans() {
    return traces.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  /// `name{label=value} number` for each point of what was delivered last, in order.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Metric metric : delivered()) {
      Stream.of(metric.getGauge().getDataPointsList(), metric.getSum().getDataPointsList())
          .flatMap(List::stream)
          .forEach(
              point ->
                  lines.add(
                      metric.getName() + labels(point.getAttributesList()) + " " + number(point)));
    }
    return lines;
  }

  /// The attributes of a resource, a span or a point.
  public static String labels(List<KeyValue> attributes) {
    var sorted = new TreeMap<String, String>();
    attributes.forEach(one -> sorted.put(one.getKey(), one.getValue().getStringValue()));
    return sorted.toString();
  }

  private static String number(NumberDataPoint point) {
    return point.hasAsInt() ? Long.toString(point.getAsInt()) : point.getAsDouble() + "";
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      server.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
