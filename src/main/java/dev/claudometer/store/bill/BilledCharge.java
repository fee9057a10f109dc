package dev.claudometer.store.bill;

import java.time.LocalDate;

/// What the cost report bills for a UTC day, a model and a kind of cost: its lines at or above
/// zero, or those below, which are credits.
///
/// @param model as it is spelled there; empty where none is named
/// @param type `tokens`, `web_search` and so on; empty where none is named
/// @param nanos of the lines whose cost is told
public record BilledCharge(LocalDate day, String model, String type, long nanos) {}
