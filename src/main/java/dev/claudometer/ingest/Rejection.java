package dev.claudometer.ingest;

import dev.claudometer.model.Origin;

/// An observation that was turned away.
public record Rejection(Origin origin, String why) {}
