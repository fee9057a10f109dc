/// Reports of what Anthropic billed an organisation.
@NullMarked
package dev.claudometer.cli.org;

import org.jspecify.annotations.NullMarked;
