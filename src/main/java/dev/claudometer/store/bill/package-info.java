/// Where it rests what Anthropic billed, and what counters of a bill have told.
@NullMarked
package dev.claudometer.store.bill;

import org.jspecify.annotations.NullMarked;
