-- How far a machine's clock is ahead of the server's, as its last delivery said; null where none has.
ALTER TABLE device ADD COLUMN ahead_millis BIGINT;

-- Pull requests are found among the many other activities.
CREATE INDEX activity_kind ON activity (kind, at);

UPDATE ledger SET version = 7;
