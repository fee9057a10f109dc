/// Who may call: users, sessions, device keys, rate limits.
@NullMarked
package dev.claudometer.server.auth;

import org.jspecify.annotations.NullMarked;
