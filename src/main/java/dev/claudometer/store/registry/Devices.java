package dev.claudometer.store.registry;

import java.util.List;

/// The machines.
public interface Devices {
  List<Device> list();
}
