/// How families are collected: collectors, series as they come, the order of the catalogue.
@NullMarked
package dev.claudometer.export.scrape;

import org.jspecify.annotations.NullMarked;
