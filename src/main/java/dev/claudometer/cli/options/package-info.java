/// Options that several commands share.
@NullMarked
package dev.claudometer.cli.options;

import org.jspecify.annotations.NullMarked;
