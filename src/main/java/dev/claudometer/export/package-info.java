/// Turns what is stored into metric families.
@NullMarked
package dev.claudometer.export;

import org.jspecify.annotations.NullMarked;
