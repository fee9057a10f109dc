package dev.claudometer.server.auth;

import dev.claudometer.store.registry.Registry;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Who may look without logging in: by default nobody, else whoever asks from some networks. A
/// guest never changes anything.
public final class Guests {

  /// This machine.
  public static final String LOOPBACK = "127.0.0.0/8, ::1/128";

  private static final String SETTING = "guestNetworks";

  /// Nobody means half of the Internet.
  private static final int FEWEST_BITS = 8;

  private final Registry registry;
  private final @Nullable String publicHost;

  /// @param publicHost the name that people use, null where none was configured
  public Guests(Registry registry, @Nullable String publicHost) {
    this.registry = registry;
    this.publicHost = publicHost;
  }

  /// The networks that guests may come from, empty for none.
  public String networks() {
    return registry.settings().getOrDefault(SETTING, "");
  }

  /// What speaks against some networks, or null.
  public static @Nullable String objection(String networks) {
    try {
      Networks read = Networks.of(networks);
      return networks.length() <= 200 && !read.isEmpty() && read.areNarrow(FEWEST_BITS)
          ? null
          : "'networks' has to name networks such as 192.168.1.0/24, none of them wider than /8";
    } catch (IllegalArgumentException wrong) {
      return "'networks': " + wrong.getMessage();
    }
  }

  /// Within a change of the registry.
  public void networks(String networks) {
    registry.setting(SETTING, networks);
  }

  /// Whether somebody without a secret is a guest.
  ///
  /// @param local whether the caller is certainly on this machine
  /// @param host that the caller has asked for: another site can point its own name here, but it
  ///   has neither our name nor our address
  public boolean admit(String address, boolean local, @Nullable String host) {
    String networks = networks();
    if (networks.isEmpty() || !Networks.of(networks).hold(address)) {
      return false;
    }
    InetAddress from = Networks.literal(address);
    return local || (from != null && !from.isLoopbackAddress() && ours(host));
  }

  private boolean ours(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceAll(":[0-9]{1,5}$", "");
    return name.equalsIgnoreCase(publicHost) || Networks.literal(name) != null;
  }
}
