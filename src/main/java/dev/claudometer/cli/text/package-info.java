/// Answers as text: tables, JSON, CSV, the status line.
@NullMarked
package dev.claudometer.cli.text;

import org.jspecify.annotations.NullMarked;
