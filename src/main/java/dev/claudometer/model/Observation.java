package dev.claudometer.model;

/// One fact that a source reports.
public sealed interface Observation
    permits UsageEvent, SessionTotal, Activity, ApiCall, LimitReading, BilledBucket {}
