/// A screen that follows what is used.
@NullMarked
package dev.claudometer.cli.live;

import org.jspecify.annotations.NullMarked;
