/// The commands, and the wiring of every other room. Holds no logic of its own.
@NullMarked
package dev.claudometer.cli;

import org.jspecify.annotations.NullMarked;
