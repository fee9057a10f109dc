/// What a token cost on a given day.
@NullMarked
package dev.claudometer.pricing;

import org.jspecify.annotations.NullMarked;
