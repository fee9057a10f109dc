/// Asks sources over the network from time to time, and stores what they tell.
@NullMarked
package dev.claudometer.collect;

import org.jspecify.annotations.NullMarked;
