/// The ingest protocol between agent and server (and the peer daemon's older one).
@NullMarked
package dev.claudometer.wire;

import org.jspecify.annotations.NullMarked;
