/// The exporters.
@NullMarked
package dev.claudometer.cli.export;

import org.jspecify.annotations.NullMarked;
