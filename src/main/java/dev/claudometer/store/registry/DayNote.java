package dev.claudometer.store.registry;

import java.time.Instant;
import java.time.LocalDate;

/// What somebody wrote beside a day, such as `release 2.1`.
///
/// @param day of whatever zone days are cut in
/// @param author name of the person; empty where that person is deleted
/// @param shared whether it is everybody's
public record DayNote(
    String id, LocalDate day, String text, String author, boolean shared, Instant createdAt) {}
