package dev.claudometer.server.otlp;

import dev.claudometer.model.DeviceId;

/// Who may say whose telemetry it sends: gateways at which people have signed in.
public interface Stamps {

  /// Where nobody may.
  Stamps NONE =
      new Stamps() {
        @Override
        public boolean trusts(DeviceId sender) {
          return false;
        }

        @Override
        public DeviceId device(DeviceId sender, String person) {
          return sender;
        }
      };

  /// Whether a sender may.
  boolean trusts(DeviceId sender);

  /// What a person's telemetry is stored as.
  ///
  /// @param sender one that is trusted
  /// @param person as the sender knows the person
  DeviceId device(DeviceId sender, String person);
}
