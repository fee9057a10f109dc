package dev.claudometer.store;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;

/// A session that used something on a machine.
public record SessionPlace(SessionId session, DeviceId device) {}
