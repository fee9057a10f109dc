/// What all machines of a server tell.
@NullMarked
package dev.claudometer.export.fleet;

import org.jspecify.annotations.NullMarked;
