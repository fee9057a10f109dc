/// Answers scrapes in the formats of Prometheus.
@NullMarked
package dev.claudometer.export.prometheus;

import org.jspecify.annotations.NullMarked;
