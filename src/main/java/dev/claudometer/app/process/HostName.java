package dev.claudometer.app.process;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// What this machine calls itself.
public final class HostName {

  private HostName() {}

  public static String of(Surroundings surroundings) {
    String name = surroundings.variable("HOSTNAME");
    try {
      return name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
    } catch (UnknownHostException unnamed) {
      return "this machine";
    }
  }
}
