package dev.claudometer.store;

import dev.claudometer.model.ActivityKind;

/// How often something happened, and the sum of its values.
public record ActivityCount(ActivityKind kind, String name, long count, long sum) {}
