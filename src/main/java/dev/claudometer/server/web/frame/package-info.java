/// What all pages share: the frame, templates, scripts and styles, downloads.
@NullMarked
package dev.claudometer.server.web.frame;

import org.jspecify.annotations.NullMarked;
