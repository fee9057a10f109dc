/// The metric catalogue: every name, type, unit, label and help text we expose, and what a sample
/// is.
@NullMarked
package dev.claudometer.metric;

import org.jspecify.annotations.NullMarked;
