/// The protocol of the daemon of claude-code-prometheus, as its server speaks it.
@NullMarked
package dev.claudometer.wire.legacy;

import org.jspecify.annotations.NullMarked;
