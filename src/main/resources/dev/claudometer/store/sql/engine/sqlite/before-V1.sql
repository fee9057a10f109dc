-- A store of the last version before the first release becomes one of V1.

-- Responses have parts.
ALTER TABLE event ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
DROP INDEX event_key;
CREATE UNIQUE INDEX event_key ON event (message, request, part);
ALTER TABLE rollup ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;

PRAGMA user_version = 101;
