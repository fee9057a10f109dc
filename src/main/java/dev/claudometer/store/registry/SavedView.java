package dev.claudometer.store.registry;

import java.time.Instant;

/// A view of a page that somebody keeps under a name.
///
/// @param address path and query, such as `/sessions?project=loom&sort=cost`
/// @param period days that go on with the calendar, such as `30-days`; empty where the address says
///   all
/// @param owner name of the person who keeps it; empty where that person is deleted
/// @param shared whether it is everybody's
public record SavedView(
    String id,
    String name,
    String address,
    String period,
    String owner,
    boolean shared,
    Instant createdAt) {}
