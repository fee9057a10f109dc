/// Machines, people, secrets, kept views and notes, and the audit log as rows.
@NullMarked
package dev.claudometer.store.sql.registry;

import org.jspecify.annotations.NullMarked;
