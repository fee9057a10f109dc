/// Who filled plan windows, when they will be full, and whether a plan is large enough.
@NullMarked
package dev.claudometer.report.limits;

import org.jspecify.annotations.NullMarked;
