/// The shared store, for several servers on one database.
@NullMarked
package dev.claudometer.store.postgres;

import org.jspecify.annotations.NullMarked;
