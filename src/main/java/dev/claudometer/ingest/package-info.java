/// The one gate through which observations enter a store.
@NullMarked
package dev.claudometer.ingest;

import org.jspecify.annotations.NullMarked;
