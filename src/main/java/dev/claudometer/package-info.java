/// Claudometer: what you use of Claude and what it costs. `Main` hands the arguments to `cli` and
/// exits with its answer.
@NullMarked
package dev.claudometer;

import org.jspecify.annotations.NullMarked;
