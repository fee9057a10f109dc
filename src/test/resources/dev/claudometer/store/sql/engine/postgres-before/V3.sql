-- What an agent forwards is in the order of its last change: every table that is forwarded carries revisions.
ALTER TABLE activity ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
UPDATE activity SET revision = numbered.revision
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY at, id) + (SELECT revision FROM ledger) AS revision FROM activity) AS numbered
WHERE numbered.id = activity.id;
UPDATE ledger SET revision = revision + (SELECT COUNT(*) FROM activity);
CREATE INDEX activity_revision ON activity (revision);

ALTER TABLE session_total ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
UPDATE session_total SET revision = numbered.revision
FROM (SELECT session, file_byte, ROW_NUMBER() OVER (ORDER BY session, file_byte) + (SELECT revision FROM ledger) AS revision
  FROM session_total) AS numbered
WHERE numbered.session = session_total.session AND numbered.file_byte = session_total.file_byte;
UPDATE ledger SET revision = revision + (SELECT COUNT(*) FROM session_total);
CREATE INDEX session_total_revision ON session_total (revision);

ALTER TABLE limit_reading ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
UPDATE limit_reading SET revision = numbered.revision
FROM (SELECT device, name, at, ROW_NUMBER() OVER (ORDER BY at, device, name) + (SELECT revision FROM ledger) AS revision
  FROM limit_reading) AS numbered
WHERE numbered.device = limit_reading.device AND numbered.name = limit_reading.name AND numbered.at = limit_reading.at;
UPDATE ledger SET revision = revision + (SELECT COUNT(*) FROM limit_reading);
CREATE INDEX limit_reading_revision ON limit_reading (revision);

ALTER TABLE project ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
UPDATE project SET revision = numbered.revision
FROM (SELECT name, ROW_NUMBER() OVER (ORDER BY name) + (SELECT revision FROM ledger) AS revision FROM project) AS numbered
WHERE numbered.name = project.name;
UPDATE ledger SET revision = revision + (SELECT COUNT(*) FROM project);
CREATE INDEX project_revision ON project (revision);

ALTER TABLE file ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
UPDATE file SET revision = numbered.revision
FROM (SELECT device, path, ROW_NUMBER() OVER (ORDER BY device, path) + (SELECT revision FROM ledger) AS revision
  FROM file) AS numbered
WHERE numbered.device = file.device AND numbered.path = file.path;
UPDATE ledger SET revision = revision + (SELECT COUNT(*) FROM file);
CREATE INDEX file_revision ON file (revision);

-- How far each server has acknowledged.
CREATE TABLE outbox (
  destination  TEXT PRIMARY KEY,
  acknowledged BIGINT NOT NULL
);

-- Tells this store from a copy of it: who has sent everything to one has not sent it to the other.
ALTER TABLE ledger ADD COLUMN store TEXT NOT NULL DEFAULT '';
UPDATE ledger SET store = md5(random()::text || clock_timestamp()::text);

UPDATE ledger SET version = 3;
