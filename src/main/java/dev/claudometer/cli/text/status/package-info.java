/// The status line: what it is asked, and what it shows.
@NullMarked
package dev.claudometer.cli.text.status;

import org.jspecify.annotations.NullMarked;
