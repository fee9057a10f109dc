/// REST resources: what can be asked and changed over HTTP.
@NullMarked
package dev.claudometer.server.api;

import org.jspecify.annotations.NullMarked;
