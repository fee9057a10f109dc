/// The status line: what it is asked, what it shows, and the file that an agent lays out for its
/// script.
@NullMarked
package dev.claudometer.cli.text.status;

import org.jspecify.annotations.NullMarked;
