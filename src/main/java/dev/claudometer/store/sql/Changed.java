package dev.claudometer.store.sql;

/// What is forwarded to a server, with the revision of its last change.
record Changed<T>(long revision, T what) {}
