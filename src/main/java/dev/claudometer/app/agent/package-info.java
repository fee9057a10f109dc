/// The agent with all its parts, and where its files are.
@NullMarked
package dev.claudometer.app.agent;

import org.jspecify.annotations.NullMarked;
