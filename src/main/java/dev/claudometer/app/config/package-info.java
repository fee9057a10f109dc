/// Where values come from: options, environment variables, files. Each variable stands in a list.
@NullMarked
package dev.claudometer.app.config;

import org.jspecify.annotations.NullMarked;
