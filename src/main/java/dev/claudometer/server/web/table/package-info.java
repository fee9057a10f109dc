/// Tables and charts as values: a page, a CSV file and JSON show the same one.
@NullMarked
package dev.claudometer.server.web.table;

import org.jspecify.annotations.NullMarked;
