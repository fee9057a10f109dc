/// The agent as a process among others: its configuration, its one instance, what it tells of
/// itself, and how the system starts it.
@NullMarked
package dev.claudometer.agent.service;

import org.jspecify.annotations.NullMarked;
