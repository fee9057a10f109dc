/// The embedded store (default).
@NullMarked
package dev.claudometer.store.sqlite;

import org.jspecify.annotations.NullMarked;
