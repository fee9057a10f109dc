package dev.claudometer.server.otlp;

import static java.lang.System.Logger.Level.ERROR;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.StoreException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets in machines by their key, and this machine itself without one, each within its places:
/// before that nothing of a body is read.
final class GrpcEntrance implements ServerInterceptor {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");

  static final Context.Key<DeviceId> DEVICE = Context.key("device");

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Senders senders;
  private final BodyPlaces places;
  private final GrpcConnections connections;

  GrpcEntrance(Senders senders, BodyPlaces places, GrpcConnections connections) {
    this.senders = senders;
    this.places = places;
    this.connections = connections;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress remote =
        Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    DeviceId device;
    try {
      device = device(remote, headers);
    } catch (StoreException failure) {
      LOG.log(ERROR, String.valueOf(failure.getMessage()));
      return refused(call, later("the store cannot be used at the moment"));
    }
    if (device == null) {
      return refused(
          call,
          Status.UNAUTHENTICATED.withDescription("send a device key: authorization=Bearer dk_…"));
    }
    connections.known(remote);
    BodyPlaces.Place place = places.take(device, () -> connections.end(remote));
    if (place == null) {
      return refused(call, later("too much comes at once"));
    }
    return new Placed<>(
        Contexts.interceptCall(Context.current().withValue(DEVICE, device), call, headers, next),
        place);
  }

  private @Nullable DeviceId device(SocketAddress remote, Metadata headers) {
    boolean local =
        remote instanceof InetSocketAddress address && address.getAddress().isLoopbackAddress();
    return senders.device(TelemetryGuard.secret(headers.get(AUTHORIZATION)), local);
  }

  /// Clients repeat what was unavailable, and nothing else.
  private static Status later(String why) {
    return Status.UNAVAILABLE.withDescription(why);
  }

  private static <Q> ServerCall.Listener<Q> refused(ServerCall<Q, ?> call, Status why) {
    call.close(why, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /// Gives the place back at the call's end, whichever that is.
  private static final class Placed<Q> extends SimpleForwardingServerCallListener<Q> {

    private final BodyPlaces.Place place;

    Placed(ServerCall.Listener<Q> next, BodyPlaces.Place place) {
      super(next);
      this.place = place;
    }

    @Override
    public void onHalfClose() {
      if (place.arrived()) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      place.close();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      place.close();
      super.onComplete();
    }
  }
}
