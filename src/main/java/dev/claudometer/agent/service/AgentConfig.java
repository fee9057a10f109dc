package dev.claudometer.agent.service;

import dev.claudometer.model.DeviceId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How an agent is set up.
///
/// @param server that it sends to
/// @param key that it proves itself with
/// @param device id that the server knows it by
/// @param name that people see
/// @param homes where it looks for transcripts, empty for the usual places
/// @param interval between deliveries
public record AgentConfig(
    URI server, String key, DeviceId device, String name, List<Path> homes, Duration interval) {

  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

  public AgentConfig {
    homes = List.copyOf(homes);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "AgentConfig[server=" + server + ", device=" + device + ", name=" + name + "]";
  }
}
