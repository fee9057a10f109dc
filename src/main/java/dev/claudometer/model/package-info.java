/// The nouns: what was used, by whom, when, and what it cost. Knows nothing but the JDK.
@NullMarked
package dev.claudometer.model;

import org.jspecify.annotations.NullMarked;
