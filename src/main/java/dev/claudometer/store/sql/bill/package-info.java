/// What Anthropic billed, bucket by bucket, and how much each counter has told.
@NullMarked
package dev.claudometer.store.sql.bill;

import org.jspecify.annotations.NullMarked;
