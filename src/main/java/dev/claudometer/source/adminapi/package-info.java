/// What Anthropic says was used and billed: the Admin API's usage and cost reports.
@NullMarked
package dev.claudometer.source.adminapi;

import org.jspecify.annotations.NullMarked;
