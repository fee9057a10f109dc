/// What Anthropic says an organisation used and was billed, beside what was counted.
@NullMarked
package dev.claudometer.report.bill;

import org.jspecify.annotations.NullMarked;
