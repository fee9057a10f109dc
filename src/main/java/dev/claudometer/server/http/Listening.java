package dev.claudometer.server.http;

import org.jspecify.annotations.Nullable;

/// Where a server listens.
///
/// @param host an address of this machine
/// @param port 0 for any free one
/// @param tls null for plain HTTP
public record Listening(String host, int port, @Nullable TlsFiles tls) {}
