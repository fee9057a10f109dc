package dev.claudometer.model;

import java.time.Instant;

/// Something that happened in a session, once, however often it is read.
///
/// @param key identifies it in every copy: the line's uuid, the attempt's id, the pull request's
///   URL; or, where only that is known, what stands for it: `id:` and in hex the first 16 bytes of
///   the SHA-256 of kind, blank and key
public record Activity(
    ActivityKind kind,
    String key,
    Instant at,
    SessionId session,
    ProjectName project,
    String name,
    long value)
    implements Observation {}
