/// Arithmetic on usage events: which copy counts, rollups, five-hour blocks, burn rate.
@NullMarked
package dev.claudometer.usage;

import org.jspecify.annotations.NullMarked;
