/// Where values come from: options, environment variables, files.
@NullMarked
package dev.claudometer.app.config;

import org.jspecify.annotations.NullMarked;
