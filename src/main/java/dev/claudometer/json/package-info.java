/// Reads and writes JSON, whoever wrote it: in bounded depth, length and number.
@NullMarked
package dev.claudometer.json;

import org.jspecify.annotations.NullMarked;
