/// What commands share: the process that they run in, the files of Claudometer's own, and how they
/// end and fail.
@NullMarked
package dev.claudometer.cli.surroundings;

import org.jspecify.annotations.NullMarked;
