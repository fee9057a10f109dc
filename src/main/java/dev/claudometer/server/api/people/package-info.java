/// Who may use the server, over HTTP: accounts, log-ins, tokens.
@NullMarked
package dev.claudometer.server.api.people;

import org.jspecify.annotations.NullMarked;
