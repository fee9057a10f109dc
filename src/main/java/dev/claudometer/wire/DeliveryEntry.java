package dev.claudometer.wire;

import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;

/// One element of a delivery.
public sealed interface DeliveryEntry {

  /// Its place in `observations`, from 0.
  int index();

  /// A fact.
  record Observed(int index, Observation observation) implements DeliveryEntry {}

  /// What is known of one transcript.
  record Reading(int index, FileRead reading) implements DeliveryEntry {}
}
