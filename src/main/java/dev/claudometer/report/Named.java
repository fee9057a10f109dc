package dev.claudometer.report;

/// A name beside the key that it stands for.
public record Named(String key, String name) {}
