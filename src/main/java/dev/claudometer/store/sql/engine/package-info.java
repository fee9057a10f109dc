/// What every part of the SQL stores stands on: connections and transactions, migrations, the
/// ledger, names as numbers, running sums.
@NullMarked
package dev.claudometer.store.sql.engine;

import org.jspecify.annotations.NullMarked;
