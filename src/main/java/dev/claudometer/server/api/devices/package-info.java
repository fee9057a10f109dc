/// Machines, over HTTP: enrolled, listed, and what they deliver.
@NullMarked
package dev.claudometer.server.api.devices;

import org.jspecify.annotations.NullMarked;
