/// Machines, people, secrets and the audit log as rows.
@NullMarked
package dev.claudometer.store.sql.registry;

import org.jspecify.annotations.NullMarked;
