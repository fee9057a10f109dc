/// A running process answers the command line in the place of a new one: who asks, what is asked,
/// and that no answer is older than the transcripts.
@NullMarked
package dev.claudometer.app.answer;

import org.jspecify.annotations.NullMarked;
