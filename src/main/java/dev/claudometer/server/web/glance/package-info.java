/// What an overview says beside its tables: one figure, what it is compared with, what moved it.
@NullMarked
package dev.claudometer.server.web.glance;

import org.jspecify.annotations.NullMarked;
