/// The server.
@NullMarked
package dev.claudometer.cli.serve;

import org.jspecify.annotations.NullMarked;
