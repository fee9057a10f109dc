package dev.claudometer.server.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proxies whose word on a caller's address is taken; by default nobody's.
public final class TrustedProxies {

  private static final int MOST_HOPS = 20;

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  private record Network(InetAddress address, int bits) {

    boolean holds(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] its = other.getAddress();
      if (mine.length != its.length) {
        return false;
      }
      int whole = bits / 8;
      int rest = bits % 8;
      boolean same = Arrays.equals(mine, 0, whole, its, 0, whole);
      int mask = rest == 0 ? 0 : 0xFF << (8 - rest);
      return same && (rest == 0 || ((mine[whole] ^ its[whole]) & mask) == 0);
    }
  }

  /// Reads `10.0.0.0/8, ::1`.
  ///
  /// @throws IllegalArgumentException with the part that is no network
  public static TrustedProxies of(String list) {
    var networks = new ArrayList<Network>();
    for (String part : list.split("[,\\s]+", -1)) {
      if (!part.isEmpty()) {
        networks.add(network(part));
      }
    }
    return new TrustedProxies(networks);
  }

  private static Network network(String part) {
    String[] halves = part.split("/", 2);
    InetAddress address = literal(halves[0]);
    int most = address == null ? 0 : address.getAddress().length * 8;
    boolean number = halves.length == 1 || halves[1].matches("[0-9]{1,3}");
    int bits = halves.length == 1 || !number ? most : Integer.parseInt(halves[1]);
    if (address == null || !number || bits > most) {
      throw new IllegalArgumentException("no network: '" + part + "', expected 10.0.0.0/8");
    }
    return new Network(address, bits);
  }

  public boolean trust(String address) {
    InetAddress literal = literal(address);
    return literal != null && networks.stream().anyMatch(network -> network.holds(literal));
  }

  /// The caller's address: the socket's, or where that is a trusted proxy, the last hop that is
  /// not.
  ///
  /// @param forwarded the `X-Forwarded-For` header
  public String caller(String socket, @Nullable String forwarded) {
    if (forwarded == null || !trust(socket)) {
      return socket;
    }
    String[] hops = forwarded.split(",", -1);
    String caller = socket;
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
      InetAddress hop = literal(hops[i].strip());
      if (hop == null) {
        return caller;
      }
      caller = hop.getHostAddress();
      if (!trust(caller)) {
        return caller;
      }
    }
    return caller;
  }

  /// An address that is written out; no name is looked up.
  private static @Nullable InetAddress literal(String text) {
    String bare = text.replaceAll("^\\[|\\](:[0-9]{1,5})?$", "");
    boolean v4 = bare.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}(:[0-9]{1,5})?");
    boolean v6 = bare.length() <= 45 && bare.contains(":") && bare.matches("[0-9A-Fa-f:.]+");
    if (!v4 && !v6) {
      return null;
    }
    try {
      return InetAddress.getByName(v4 ? bare.replaceAll(":.*", "") : bare);
    } catch (UnknownHostException noAddress) {
      return null;
    }
  }
}
