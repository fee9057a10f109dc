/// Reports of what was used: by day, week, month, session, block, project, model; and why.
@NullMarked
package dev.claudometer.cli.usage;

import org.jspecify.annotations.NullMarked;
