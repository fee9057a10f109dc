/// The sums that are kept beside the events, and the questions that are answered from them: by SQL,
/// or in a server from what it remembers of them.
@NullMarked
package dev.claudometer.store.sql.sum;

import org.jspecify.annotations.NullMarked;
