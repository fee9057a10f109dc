/// Where transcripts are: homes of Claude Code and Claude Desktop, their files, the projects they
/// belong to.
@NullMarked
package dev.claudometer.source.claudecode.place;

import org.jspecify.annotations.NullMarked;
