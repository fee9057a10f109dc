/// The assembly: what runs together in each role, from its start to its end.
@NullMarked
package dev.claudometer.app;

import org.jspecify.annotations.NullMarked;
