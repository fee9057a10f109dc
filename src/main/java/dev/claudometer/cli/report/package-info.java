/// Renders reports as tables, JSON, CSV and the status line.
@NullMarked
package dev.claudometer.cli.report;

import org.jspecify.annotations.NullMarked;
