/// Takes what Claude Code sends over OTLP, by HTTP and by gRPC, and stores it before it answers.
@NullMarked
package dev.claudometer.server.otlp;

import org.jspecify.annotations.NullMarked;
