/// Other quotas beside Claude's: OpenRouter credits, GitHub Copilot.
@NullMarked
package dev.claudometer.source.quota;

import org.jspecify.annotations.NullMarked;
