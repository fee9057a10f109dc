/// What can be asked, and the answer: a question in, an answer out, for whoever shows it. Knows
/// neither HTTP nor terminals nor the names of metrics.
@NullMarked
package dev.claudometer.report;

import org.jspecify.annotations.NullMarked;
