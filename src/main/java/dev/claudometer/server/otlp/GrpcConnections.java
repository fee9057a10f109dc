package dev.claudometer.server.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;

/// The connections that are open, of which there are not too many. Where there is none left, the
/// oldest of those who have not shown a key gives way to the next.
final class GrpcConnections extends ServerSocketFactory {

  private final int most;
  private final Map<SocketAddress, Socket> strangers = new LinkedHashMap<>();
  private int open;

  GrpcConnections(int most) {
    this.most = most;
  }

  /// Who calls from there has shown a key.
  synchronized void known(SocketAddress caller) {
    strangers.remove(caller);
  }

  private void opened(Counted socket) throws IOException {
    Socket leaves = null;
    synchronized (this) {
      open++;
      strangers.put(socket.getRemoteSocketAddress(), socket);
      if (open > most) {
        leaves = strangers.values().iterator().next();
      }
    }
    if (leaves != null) {
      leaves.close();
    }
  }

  private synchronized void closed(Counted socket) {
    open--;
    strangers.values().remove(socket);
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

    private boolean counted = true;

    @Override
    public void close() throws IOException {
      synchronized (GrpcConnections.this) {
        if (counted && isConnected()) {
          counted = false;
          closed(this);
        }
      }
      super.close();
    }
  }
}
