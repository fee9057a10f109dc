package dev.claudometer.reconcile;

import dev.claudometer.model.Usd;
import java.util.List;

/// A part of a difference.
///
/// @param amount what it adds to what was counted, on the way to what was billed; below zero where
///   it takes away
/// @param of the keys, models, machines or days that it is of, by name; none where that says
///   nothing
public record Part(DifferenceCause cause, Usd amount, List<String> of) {}
