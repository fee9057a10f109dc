/// Where observations rest, and the questions they can answer.
@NullMarked
package dev.claudometer.store;

import org.jspecify.annotations.NullMarked;
