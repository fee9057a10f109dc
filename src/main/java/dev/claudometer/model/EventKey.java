package dev.claudometer.model;

/// What makes two copies the same response. Transcripts and OpenTelemetry agree on it.
///
/// @param messageId `msg_…`; for a line without one, the line's own identity
/// @param requestId `req_…`; empty where the line has none
public record EventKey(String messageId, String requestId) {}
