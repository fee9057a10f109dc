/// What was used, priced again under another rule.
@NullMarked
package dev.claudometer.report.whatif;

import org.jspecify.annotations.NullMarked;
