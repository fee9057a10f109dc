/// The server with all its parts: what it holds, who may come in, what answers.
@NullMarked
package dev.claudometer.app.server;

import org.jspecify.annotations.NullMarked;
