/// What several servers share in Redis or Valkey, where there is one: counts of requests, and
/// answers.
@NullMarked
package dev.claudometer.server.redis;

import org.jspecify.annotations.NullMarked;
