package dev.claudometer.export.otlp;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// Notes how deliveries of one signal to one receiver end.
record DeliveryNote(Signal signal, SignalReceiver receiver, Deliveries deliveries) {

  CompletableResultCode noted(CompletableResultCode result) {
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            deliveries.taken(signal, receiver);
          } else {
            deliveries.failed(signal, receiver, why(result.getFailureThrowable()));
          }
        });
  }

  /// Nothing of what a receiver answers in its own words: it could repeat a secret.
  private static String why(@Nullable Throwable failure) {
    return switch (failure) {
      case GrpcExportException grpc when grpc.getResponse() != null ->
          "it answers " + grpc.getResponse().getStatusCode();
      case HttpExportException http when http.getResponse() != null ->
          "it answers " + http.getResponse().getStatusCode();
      case GrpcExportException grpc -> cause(grpc.getCause());
      case HttpExportException http -> cause(http.getCause());
      case null, default -> cause(failure);
    };
  }

  private static String cause(@Nullable Throwable failure) {
    return switch (failure) {
      case InterruptedIOException _ -> "it does not answer in time";
      case IOException _ -> "it cannot be reached";
      case null, default -> "the delivery failed";
    };
  }
}
