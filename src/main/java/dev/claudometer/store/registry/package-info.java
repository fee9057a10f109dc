/// Who may use the server: devices, users, their keys and sessions; what people keep there; and
/// what was changed by whom.
@NullMarked
package dev.claudometer.store.registry;

import org.jspecify.annotations.NullMarked;
