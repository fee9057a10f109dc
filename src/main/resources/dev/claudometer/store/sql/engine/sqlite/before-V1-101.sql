-- What V1 has gained since stores held 101. Whatever is changed in V1.sql before the first release is added here too.

CREATE INDEX event_sent ON event (session) WHERE file_byte < 0;

-- Sessions whose own transcript a machine has told of: what was sent without message ids until then gives way to it.
CREATE TABLE transcript (
  session INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  until   INTEGER NOT NULL,     -- when the file had last been written, in milliseconds
  PRIMARY KEY (session, device)
) WITHOUT ROWID;

INSERT INTO transcript (session, device, until)
SELECT named.id, read.device, MAX(read.modified / 1000000)
FROM (SELECT device, modified, substr(path, length(rtrim(path, replace(path, '/', ''))) + 1) AS base
    FROM (SELECT device, modified, replace(text, '\', '/') AS path FROM file JOIN name ON name.id = file.path) AS told)
  AS read
JOIN name AS named ON named.text = substr(read.base, 1, length(read.base) - 6)
WHERE read.base LIKE '%.jsonl' AND read.base NOT LIKE 'agent-%' GROUP BY named.id, read.device;

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
