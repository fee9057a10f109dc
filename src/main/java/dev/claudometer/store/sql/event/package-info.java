/// Events, activities, session totals and files as rows: written, read, found by key.
@NullMarked
package dev.claudometer.store.sql.event;

import org.jspecify.annotations.NullMarked;
