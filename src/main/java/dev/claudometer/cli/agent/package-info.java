/// The verbs of `claudometer agent`, and the wiring of the agent that runs.
@NullMarked
package dev.claudometer.cli.agent;

import org.jspecify.annotations.NullMarked;
