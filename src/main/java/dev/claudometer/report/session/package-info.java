/// Single sessions and responses: what each was made of, what it cost and why, and how to find one.
@NullMarked
package dev.claudometer.report.session;

import org.jspecify.annotations.NullMarked;
