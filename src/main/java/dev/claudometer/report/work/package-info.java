/// What was done: by agents, skills, tools and servers, and what clients tell of themselves.
@NullMarked
package dev.claudometer.report.work;

import org.jspecify.annotations.NullMarked;
