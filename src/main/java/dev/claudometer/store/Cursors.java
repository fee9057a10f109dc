package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import java.util.Map;

/// How far files have been read.
public interface Cursors {

  /// How far each file of a device has been read, by path.
  Map<String, FileCursor> cursors(DeviceId device);
}
