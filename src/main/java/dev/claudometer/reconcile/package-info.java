/// What was counted beside what was told and billed, and each part of the difference with its
/// cause.
@NullMarked
package dev.claudometer.reconcile;

import org.jspecify.annotations.NullMarked;
