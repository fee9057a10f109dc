package dev.claudometer.store.registry;

import java.time.Instant;

/// One thing that somebody did.
///
/// @param number from 1 on, without gaps
/// @param actor who: `user ada`, `token ci`, `device d_…`, `console`
/// @param action what, as `device.rename`
/// @param subject to what
/// @param hash SHA-256 over the hash before and this entry, in hex
public record AuditEntry(
    long number,
    Instant at,
    String actor,
    String action,
    String subject,
    String detail,
    String address,
    String hash) {}
