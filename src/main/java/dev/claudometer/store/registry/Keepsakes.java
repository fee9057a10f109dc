package dev.claudometer.store.registry;

/// What people keep beside the figures.
public interface Keepsakes {

  Views views();

  DayNotes notes();
}
