-- What V1 has gained since stores held 101. Whatever is changed in V1.sql before the first release is added here too.

-- Who sends says what it believes to be here already.
ALTER TABLE ledger ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
CREATE TABLE delivered (
  device INTEGER NOT NULL,
  sender TEXT NOT NULL,
  up_to  INTEGER NOT NULL,
  PRIMARY KEY (device, sender)
) WITHOUT ROWID;

PRAGMA user_version = 102;
