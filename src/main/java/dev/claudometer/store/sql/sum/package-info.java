/// The sums that are kept beside the events, and the questions that are answered from them.
@NullMarked
package dev.claudometer.store.sql.sum;

import org.jspecify.annotations.NullMarked;
