package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.Surroundings;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// What this machine calls itself.
final class HostName {

  private HostName() {}

  static String of(Surroundings surroundings) {
    String name = surroundings.variable("HOSTNAME");
    try {
      return name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
    } catch (UnknownHostException unnamed) {
      return "this machine";
    }
  }
}
