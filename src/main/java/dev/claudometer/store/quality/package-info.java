/// What was read, and what could not be.
@NullMarked
package dev.claudometer.store.quality;

import org.jspecify.annotations.NullMarked;
