/// Plan windows: how full, when they reset (Claude Code itself, cookie service and claude.ai,
/// OAuth, cached file).
@NullMarked
package dev.claudometer.source.planlimits;

import org.jspecify.annotations.NullMarked;
