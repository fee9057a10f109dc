/// The long-running process: listens, authenticates, routes.
@NullMarked
package dev.claudometer.server;

import org.jspecify.annotations.NullMarked;
