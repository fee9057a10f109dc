/// What people keep beside the figures, over HTTP: views under a name, notes on days.
@NullMarked
package dev.claudometer.server.api.kept;

import org.jspecify.annotations.NullMarked;
