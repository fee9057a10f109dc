/// Text that others wrote, made harmless for whoever reads it: a terminal, a spreadsheet, a log, a
/// page.
@NullMarked
package dev.claudometer.text;

import org.jspecify.annotations.NullMarked;
