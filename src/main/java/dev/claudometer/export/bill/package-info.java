/// An organisation's bill as metrics.
@NullMarked
package dev.claudometer.export.bill;

import org.jspecify.annotations.NullMarked;
