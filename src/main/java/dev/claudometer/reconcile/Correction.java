package dev.claudometer.reconcile;

import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// What is not as it was when a month was closed.
///
/// @param day in UTC
/// @param what `counted`, `billed`, or a cause
/// @param costBefore null where there was none
/// @param cost null where there is none any more
public record Correction(String day, String what, @Nullable Usd costBefore, @Nullable Usd cost) {}
