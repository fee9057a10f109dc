/// Running sums: what a scrape asks, at any size of the store.
@NullMarked
package dev.claudometer.store.meter;

import org.jspecify.annotations.NullMarked;
