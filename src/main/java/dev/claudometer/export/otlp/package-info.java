/// Pushes metric families, and traces of collections, to an OTLP receiver.
@NullMarked
package dev.claudometer.export.otlp;

import org.jspecify.annotations.NullMarked;
