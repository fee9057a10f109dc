package dev.claudometer.source.planlimits;

import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real cookie service on loopback.
public final class CookieServer implements AutoCloseable {

  /// What it answers; null for "not found".
  public volatile String cookies = "sessionKey=x";

  /// For which hosts it was asked.
  public final List<String> hosts = new CopyOnWriteArrayList<>();

  private final Server server;

  public CookieServer() throws IOException {
    MethodDescriptor<String, String> method =
        MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("cookiejar.v1.CookieService/GetCookies")
            .setRequestMarshaller(new OneString())
            .setResponseMarshaller(new OneString())
            .build();
    server =
        OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder("cookiejar.v1.CookieService")
                    .addMethod(method, ServerCalls.asyncUnaryCall(this::answer))
                    .build())
            .build()
            .start();
  }

  private void answer(String host, StreamObserver<String> to) {
    hosts.add(host);
    String text = cookies;
    if (text == null) {
      to.onError(
          Status.NOT_FOUND
              .withDescription("cookies not found for host: " + host)
              .asRuntimeException());
    } else {
      to.onNext(text);
      to.onCompleted();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
