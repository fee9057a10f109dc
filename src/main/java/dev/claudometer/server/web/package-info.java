/// The pages: what people look at in a browser.
@NullMarked
package dev.claudometer.server.web;

import org.jspecify.annotations.NullMarked;
