-- What V1 has gained since stores held 101. Whatever is changed in V1.sql before the first release is added here too.

-- What Claude Code's telemetry told of calls, by the call's id.
CREATE TABLE call (
  id             TEXT PRIMARY KEY,
  revision       INTEGER NOT NULL,
  request        TEXT NOT NULL,         -- empty where it was not told
  session        INTEGER NOT NULL,
  at             INTEGER NOT NULL,      -- its end
  duration       INTEGER NOT NULL,      -- milliseconds
  model          INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  split          INTEGER NOT NULL,      -- 1: how long the cache keeps was told
  fast           INTEGER NOT NULL,
  source         INTEGER NOT NULL,      -- what it was for
  agent          INTEGER NOT NULL,
  effort         INTEGER NOT NULL,
  cost           INTEGER,               -- what the client reckoned
  device         INTEGER NOT NULL,
  state          INTEGER NOT NULL,      -- 1: a transcript has it too, 2: an event of its own, 3: held back
  project        INTEGER NOT NULL       -- of its own event
) WITHOUT ROWID;
CREATE INDEX call_revision ON call (revision);
CREATE INDEX call_session ON call (session);
CREATE INDEX call_at ON call (at);

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
