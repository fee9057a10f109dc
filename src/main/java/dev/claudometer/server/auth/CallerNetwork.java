package dev.claudometer.server.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Whom an address stands for, where requests are counted. One who has an IPv6 address has all of
/// its /64.
public final class CallerNetwork {

  private static final int NETWORK_BYTES = 8;

  private CallerNetwork() {}

  /// `192.0.2.7` is itself, `2001:db8::7` is `2001:db8:0:0:0:0:0:0/64`.
  public static String of(String address) {
    InetAddress literal = Networks.literal(address);
    if (!(literal instanceof Inet6Address)) {
      return address;
    }
    byte[] network = Arrays.copyOf(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES), 16);
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/64";
    } catch (UnknownHostException sixteenBytesAreAnAddress) {
      throw new IllegalStateException(sixteenBytesAreAnAddress);
    }
  }
}
