/// What the SQL stores share: statements, migrations, row mapping.
@NullMarked
package dev.claudometer.store.sql;

import org.jspecify.annotations.NullMarked;
