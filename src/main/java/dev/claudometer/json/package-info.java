/// Reads JSON that other rooms need little of.
@NullMarked
package dev.claudometer.json;

import org.jspecify.annotations.NullMarked;
