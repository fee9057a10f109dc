/// What keeps data sound: backup, restore, import, verification, diagnosis, prices.
@NullMarked
package dev.claudometer.cli.keep;

import org.jspecify.annotations.NullMarked;
