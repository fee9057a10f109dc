/// How full plan windows are.
@NullMarked
package dev.claudometer.cli.limits;

import org.jspecify.annotations.NullMarked;
