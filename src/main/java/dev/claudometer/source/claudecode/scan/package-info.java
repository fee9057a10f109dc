/// Bytes: lines of any length, JSON without strings, names by their bytes. Nothing of Claude.
@NullMarked
package dev.claudometer.source.claudecode.scan;

import org.jspecify.annotations.NullMarked;
