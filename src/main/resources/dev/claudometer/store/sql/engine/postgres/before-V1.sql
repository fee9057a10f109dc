-- A store of the last version before the first release becomes one of V1.

-- Responses have parts.
ALTER TABLE event ADD COLUMN part SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE event DROP CONSTRAINT event_pkey;
ALTER TABLE event ADD PRIMARY KEY (message, request, part);
ALTER TABLE rollup ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;

UPDATE ledger SET version = 101;
