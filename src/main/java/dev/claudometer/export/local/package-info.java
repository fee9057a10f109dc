/// What one machine tells of itself.
@NullMarked
package dev.claudometer.export.local;

import org.jspecify.annotations.NullMarked;
