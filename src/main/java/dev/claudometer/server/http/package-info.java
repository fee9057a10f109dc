/// Routes, calls and replies: how the server listens, lets in and answers, whatever is asked.
@NullMarked
package dev.claudometer.server.http;

import org.jspecify.annotations.NullMarked;
