/// What Claude Code itself sends over OTLP: its events and metrics, without what people wrote.
@NullMarked
package dev.claudometer.source.telemetry;

import org.jspecify.annotations.NullMarked;
