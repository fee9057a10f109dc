package dev.claudometer.store.sql.engine;

/// What is forwarded to a server, with the revision of its last change.
public record Changed<T>(long revision, T what) {}
