/// How far the asking of services has come, and what they last told of quotas.
@NullMarked
package dev.claudometer.store.poll;

import org.jspecify.annotations.NullMarked;
