package dev.claudometer.store.bill;

import java.time.Instant;
import java.time.YearMonth;

/// A month as it was when it was closed.
///
/// @param number from 1 on, over all months
/// @param by who closed it
/// @param content its figures, as text
/// @param hash of this and of all seals before
public record MonthSeal(
    long number, YearMonth month, Instant at, String by, String content, String hash) {}
