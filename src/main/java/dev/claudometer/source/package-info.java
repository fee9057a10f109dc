/// Where observations come from. One package per source; none knows another.
@NullMarked
package dev.claudometer.source;

import org.jspecify.annotations.NullMarked;
