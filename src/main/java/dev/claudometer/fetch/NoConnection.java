package dev.claudometer.fetch;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a service was not reached, in words: many of Java's failures have none.
public final class NoConnection {

  private NoConnection() {}

  public static String why(@Nullable Throwable failure) {
    return switch (failure) {
      case UnknownHostException _, UnresolvedAddressException _ -> "its name is not known here";
      case NoRouteToHostException _ -> "there is no way to it";
      case HttpTimeoutException _ -> "it did not answer in time";
      case SSLException _ -> "it cannot prove who it is";
      // where nothing listens, the cause is a channel that was closed
      case ConnectException connect when connect.getCause() instanceof UnresolvedAddressException ->
          why(connect.getCause());
      case ConnectException _ -> "nothing answers there";
      case null, default -> "the connection was cut";
    };
  }
}
