/// Runs beside Claude Code: syncs sources into the local store and forwards them to a server.
@NullMarked
package dev.claudometer.agent;

import org.jspecify.annotations.NullMarked;
