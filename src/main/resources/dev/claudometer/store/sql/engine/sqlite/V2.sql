-- When sums changed last, by day and by 256 sessions: who remembers some of them asks here whether they are still right.
CREATE TABLE sum_revision (
  kind     INTEGER NOT NULL,     -- 1: days, 2: sessions
  block    INTEGER NOT NULL,     -- UTC days since the epoch; a session's number / 256
  revision INTEGER NOT NULL,     -- of the ledger
  PRIMARY KEY (kind, block)
) WITHOUT ROWID;
INSERT INTO sum_revision (kind, block, revision)
SELECT DISTINCT 1, day, ledger.revision FROM rollup_day, ledger;
INSERT INTO sum_revision (kind, block, revision)
SELECT DISTINCT 2, session / 256, ledger.revision FROM rollup_session, ledger;

PRAGMA user_version = 103;
