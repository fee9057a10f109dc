/// Asks other people's services over HTTP, in bounded size, time and number, and reads their JSON.
@NullMarked
package dev.claudometer.fetch;

import org.jspecify.annotations.NullMarked;
