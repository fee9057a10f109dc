/// The process that commands run in: its surroundings, its files, how it ends and fails.
@NullMarked
package dev.claudometer.app.process;

import org.jspecify.annotations.NullMarked;
