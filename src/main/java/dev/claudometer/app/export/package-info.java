/// The exporters with all their parts, and where Prometheus finds them.
@NullMarked
package dev.claudometer.app.export;

import org.jspecify.annotations.NullMarked;
