/// Brings a server in step with the local store, however often it has to try.
@NullMarked
package dev.claudometer.agent.forward;

import org.jspecify.annotations.NullMarked;
