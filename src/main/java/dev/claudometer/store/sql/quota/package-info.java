/// Readings of plan windows and credits as rows.
@NullMarked
package dev.claudometer.store.sql.quota;

import org.jspecify.annotations.NullMarked;
