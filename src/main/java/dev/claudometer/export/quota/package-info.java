/// Plan windows and credits as metrics.
@NullMarked
package dev.claudometer.export.quota;

import org.jspecify.annotations.NullMarked;
