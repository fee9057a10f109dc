/// Bodies: unpacked within bounds, and what is said of one that cannot be used.
@NullMarked
package dev.claudometer.wire.body;

import org.jspecify.annotations.NullMarked;
