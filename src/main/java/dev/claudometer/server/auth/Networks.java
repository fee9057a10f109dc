package dev.claudometer.server.auth;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some networks, as `10.0.0.0/8, ::1`.
final class Networks {

  private final List<Network> networks;

  private Networks(List<Network> networks) {
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
  static Networks of(String list) {
    var networks = new ArrayList<Network>();
    for (String part : list.split("[,\\s]+", -1)) {
      if (!part.isEmpty()) {
        networks.add(network(part));
      }
    }
    return new Networks(networks);
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

  /// Whether each of them has at least so many fixed bits.
  boolean areNarrow(int bits) {
    return networks.stream().allMatch(network -> network.bits() >= bits);
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  boolean hold(String address) {
    InetAddress literal = literal(address);
    return literal != null && networks.stream().anyMatch(network -> network.holds(literal));
  }

  /// An address that is written out; no name is looked up.
  static @Nullable InetAddress literal(String text) {
    String bare = text.replaceAll("^\\[|\\](:[0-9]{1,5})?$", "");
    boolean v4 = bare.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}(:[0-9]{1,5})?");
    boolean v6 = bare.length() <= 45 && bare.contains(":") && bare.matches("[0-9A-Fa-f:.]+");
    if (!v4 && !v6) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(v4 ? bare.replaceAll(":.*", "") : bare);
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
