/// Arithmetic on plan windows: how they filled, whose usage filled them, and when they will be
/// full.
@NullMarked
package dev.claudometer.usage.window;

import org.jspecify.annotations.NullMarked;
