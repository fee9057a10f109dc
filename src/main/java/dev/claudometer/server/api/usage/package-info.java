/// What was used, over HTTP: periods, sessions, responses, branches, the bill.
@NullMarked
package dev.claudometer.server.api.usage;

import org.jspecify.annotations.NullMarked;
