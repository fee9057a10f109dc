/// What belongs to an installation: whether it is sound, and what shells and Claude Code have to
/// know of it.
@NullMarked
package dev.claudometer.cli.install;

import org.jspecify.annotations.NullMarked;
