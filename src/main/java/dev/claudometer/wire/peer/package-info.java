/// The peer daemon's protocol, answered word for word, and what its entries mean here.
@NullMarked
package dev.claudometer.wire.peer;

import org.jspecify.annotations.NullMarked;
