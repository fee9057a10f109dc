/// What a cause is made of on a day: the responses that were counted, and the lines that Anthropic
/// tells.
@NullMarked
package dev.claudometer.reconcile.lines;

import org.jspecify.annotations.NullMarked;
