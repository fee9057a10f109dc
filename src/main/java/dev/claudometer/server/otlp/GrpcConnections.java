package dev.claudometer.server.otlp;

import static java.lang.System.Logger.Level.DEBUG;

import dev.claudometer.model.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/// The connections that are open, of which there are not too many. Where there is none left, the
/// oldest of those who have not shown a key gives way to the next.
final class GrpcConnections extends ServerSocketFactory {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");

  private final int most;
  private final Map<SocketAddress, Counted> open = new LinkedHashMap<>();

  GrpcConnections(int most) {
    this.most = most;
  }

  /// Who calls from there has shown a key.
  synchronized void known(SocketAddress caller) {
    Counted socket = open.get(caller);
    if (socket != null) {
      socket.known = true;
    }
  }

  /// Closes a connection. Whatever is under way on it is repeated by its client.
  void end(SocketAddress caller) {
    Counted socket;
    synchronized (this) {
      socket = open.get(caller);
    }
    close(socket);
  }

  private void opened(Counted socket) {
    Counted leaves = null;
    synchronized (this) {
      open.put(socket.getRemoteSocketAddress(), socket);
      if (open.size() > most) {
        leaves = open.values().stream().filter(each -> !each.known).findFirst().orElseThrow();
      }
    }
    close(leaves);
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException closed) {
      LOG.log(DEBUG, "a connection was closed already: " + Cause.of(closed));
    }
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new Listener();
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException("an address is bound to later");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException("an address is bound to later");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException("an address is bound to later");
  }

  private final class Listener extends ServerSocket {

    Listener() throws IOException {
      super();
    }

    @Override
    public Socket accept() throws IOException {
      var socket = new Counted();
      implAccept(socket);
      opened(socket);
      return socket;
    }
  }

  private final class Counted extends Socket {

    private boolean known;

    @Override
    public void close() throws IOException {
      synchronized (GrpcConnections.this) {
        open.values().remove(this);
      }
      super.close();
    }
  }
}
