/// The JSONL transcripts that Claude Code writes under ~/.claude/projects.
@NullMarked
package dev.claudometer.source.claudecode;

import org.jspecify.annotations.NullMarked;
