-- A store of the last version before the first release becomes one of V1.

-- Money has its currency.
ALTER TABLE credit_reading ADD COLUMN currency TEXT NOT NULL DEFAULT 'USD';

-- Responses have parts.
ALTER TABLE event ADD COLUMN part SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE event DROP CONSTRAINT event_pkey;
ALTER TABLE event ADD PRIMARY KEY (message, request, part);
ALTER TABLE event ADD COLUMN rounds TEXT;
ALTER TABLE rollup ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;

-- What reading from the cache saved is reckoned when events are next priced, as if the prices had changed; what events
-- saved that retention has deleted stays in the meters alone. How much was thought is not told.
ALTER TABLE event ADD COLUMN thinking INTEGER;
ALTER TABLE event ADD COLUMN saved BIGINT;
ALTER TABLE rollup ADD COLUMN thinking BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN thinking_told BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN saved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN thinking BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN thinking_told BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN saved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN thinking BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN thinking_told BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN saved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN thinking BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN thinking_told BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN saved BIGINT NOT NULL DEFAULT 0;

-- Reports call a model by one name. Events are priced anew, as if the prices had changed, and get it then.
ALTER TABLE event ADD COLUMN spelled INTEGER NOT NULL DEFAULT 0;
UPDATE event SET spelled = model;
ALTER TABLE event ADD COLUMN contract BIGINT;

-- Clients that knew no price wrote 0.
ALTER TABLE rollup ADD COLUMN unpriced_reported BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN under_contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN unpriced_reported BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_time ADD COLUMN under_contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN unpriced_reported BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_day ADD COLUMN under_contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN unpriced_reported BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN contract BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollup_session ADD COLUMN under_contract BIGINT NOT NULL DEFAULT 0;
UPDATE rollup SET automatic = automatic + told.dollars FROM (SELECT (at / 900000) AS quarter, session AS session, project AS project, model AS model, branch AS branch, device AS device, SUM(COALESCE(booked, 0)) AS dollars
  FROM event WHERE counted = 1 AND reported = 0 AND input + output + cache_write_5m + cache_write_1h + cache_read > 0 GROUP BY 1, 2, 3, 4, 5, 6) AS told
WHERE rollup.quarter = told.quarter AND rollup.session = told.session AND rollup.project = told.project AND rollup.model = told.model AND rollup.branch = told.branch AND rollup.device = told.device;
UPDATE rollup_time SET automatic = automatic + told.dollars FROM (SELECT (at / 900000) AS quarter, SUM(COALESCE(booked, 0)) AS dollars
  FROM event WHERE counted = 1 AND reported = 0 AND input + output + cache_write_5m + cache_write_1h + cache_read > 0 GROUP BY 1) AS told
WHERE rollup_time.quarter = told.quarter;
UPDATE rollup_day SET automatic = automatic + told.dollars FROM (SELECT (at / 86400000) AS day, project AS project, model AS model, branch AS branch, device AS device, SUM(COALESCE(booked, 0)) AS dollars
  FROM event WHERE counted = 1 AND reported = 0 AND input + output + cache_write_5m + cache_write_1h + cache_read > 0 GROUP BY 1, 2, 3, 4, 5) AS told
WHERE rollup_day.day = told.day AND rollup_day.project = told.project AND rollup_day.model = told.model AND rollup_day.branch = told.branch AND rollup_day.device = told.device;
UPDATE rollup_session SET automatic = automatic + told.dollars FROM (SELECT session AS session, project AS project, model AS model, branch AS branch, device AS device, SUM(COALESCE(booked, 0)) AS dollars
  FROM event WHERE counted = 1 AND reported = 0 AND input + output + cache_write_5m + cache_write_1h + cache_read > 0 GROUP BY 1, 2, 3, 4, 5) AS told
WHERE rollup_session.session = told.session AND rollup_session.project = told.project AND rollup_session.model = told.model AND rollup_session.branch = told.branch AND rollup_session.device = told.device;
UPDATE event SET reported = NULL WHERE reported = 0 AND input + output + cache_write_5m + cache_write_1h + cache_read > 0;
UPDATE rollup SET unpriced_reported = told.unpriced FROM (SELECT (at / 900000) AS quarter, session AS session, project AS project, model AS model, branch AS branch, device AS device, SUM(CASE WHEN booked IS NULL THEN 1 ELSE 0 END) AS unpriced
  FROM event WHERE counted = 1 AND reported IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6) AS told
WHERE rollup.quarter = told.quarter AND rollup.session = told.session AND rollup.project = told.project AND rollup.model = told.model AND rollup.branch = told.branch AND rollup.device = told.device;
UPDATE rollup_time SET unpriced_reported = told.unpriced FROM (SELECT (at / 900000) AS quarter, SUM(CASE WHEN booked IS NULL THEN 1 ELSE 0 END) AS unpriced
  FROM event WHERE counted = 1 AND reported IS NOT NULL GROUP BY 1) AS told
WHERE rollup_time.quarter = told.quarter;
UPDATE rollup_day SET unpriced_reported = told.unpriced FROM (SELECT (at / 86400000) AS day, project AS project, model AS model, branch AS branch, device AS device, SUM(CASE WHEN booked IS NULL THEN 1 ELSE 0 END) AS unpriced
  FROM event WHERE counted = 1 AND reported IS NOT NULL GROUP BY 1, 2, 3, 4, 5) AS told
WHERE rollup_day.day = told.day AND rollup_day.project = told.project AND rollup_day.model = told.model AND rollup_day.branch = told.branch AND rollup_day.device = told.device;
UPDATE rollup_session SET unpriced_reported = told.unpriced FROM (SELECT session AS session, project AS project, model AS model, branch AS branch, device AS device, SUM(CASE WHEN booked IS NULL THEN 1 ELSE 0 END) AS unpriced
  FROM event WHERE counted = 1 AND reported IS NOT NULL GROUP BY 1, 2, 3, 4, 5) AS told
WHERE rollup_session.session = told.session AND rollup_session.project = told.project AND rollup_session.model = told.model AND rollup_session.branch = told.branch AND rollup_session.device = told.device;
UPDATE setting SET value = '' WHERE name = 'price-book';

-- How many responses a client has written the dollars of.
ALTER TABLE rollup ADD COLUMN reported_told BIGINT NOT NULL DEFAULT 0;
UPDATE rollup SET reported_told = (SELECT COUNT(*) FROM event WHERE counted = 1 AND event.reported IS NOT NULL
  AND event.at / 900000 = rollup.quarter AND event.session = rollup.session AND event.project = rollup.project
  AND event.model = rollup.model AND event.branch = rollup.branch AND event.device = rollup.device)
WHERE reported > 0;
ALTER TABLE rollup_time ADD COLUMN reported_told BIGINT NOT NULL DEFAULT 0;
UPDATE rollup_time SET reported_told = (SELECT COUNT(*) FROM event WHERE counted = 1 AND event.reported IS NOT NULL
  AND event.at / 900000 = rollup_time.quarter)
WHERE reported > 0;
ALTER TABLE rollup_day ADD COLUMN reported_told BIGINT NOT NULL DEFAULT 0;
UPDATE rollup_day SET reported_told = (SELECT COUNT(*) FROM event WHERE counted = 1 AND event.reported IS NOT NULL
  AND event.at / 86400000 = rollup_day.day AND event.project = rollup_day.project
  AND event.model = rollup_day.model AND event.branch = rollup_day.branch AND event.device = rollup_day.device)
WHERE reported > 0;
ALTER TABLE rollup_session ADD COLUMN reported_told BIGINT NOT NULL DEFAULT 0;
UPDATE rollup_session SET reported_told = (SELECT COUNT(*) FROM event WHERE counted = 1 AND event.reported IS NOT NULL
  AND event.session = rollup_session.session AND event.project = rollup_session.project
  AND event.model = rollup_session.model AND event.branch = rollup_session.branch AND event.device = rollup_session.device)
WHERE reported > 0;

-- What lines of a bill come to by day is added up when the store is opened.
CREATE TABLE billed_day (
  report         INTEGER NOT NULL,
  dimension      INTEGER NOT NULL,     -- name; 0: all lines of the day
  day            INTEGER NOT NULL,     -- days since the epoch
  member         INTEGER NOT NULL,     -- name; 0: none is named, -1: not grouped by the dimension
  input          BIGINT,
  output         BIGINT,
  cache_write_5m BIGINT,
  cache_write_1h BIGINT,
  cache_read     BIGINT,
  web_searches   BIGINT,
  requests       BIGINT,
  cost           BIGINT,
  sessions       BIGINT,
  lines_added    BIGINT,
  lines_removed  BIGINT,
  commits        BIGINT,
  pull_requests  BIGINT,
  accepted       BIGINT,
  rejected       BIGINT,
  PRIMARY KEY (report, dimension, day, member)
);

-- A client's dollars say at whose prices.
ALTER TABLE session_total_model ADD COLUMN basis BIGINT NOT NULL DEFAULT 0;

-- Readings of plan windows become stretches of equal readings.
CREATE TABLE limit_stretch (
  device      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  resets_at   BIGINT NOT NULL,      -- 0: the teller does not say
  utilization DOUBLE PRECISION NOT NULL,
  origin      TEXT NOT NULL,
  session     TEXT NOT NULL,
  at          BIGINT NOT NULL,      -- told first
  seen_at     BIGINT NOT NULL,      -- the minute in which it was told last
  revision    BIGINT NOT NULL,
  PRIMARY KEY (device, name, resets_at, utilization, origin, session)
);
INSERT INTO limit_stretch
SELECT device, name, COALESCE(resets_at, 0), utilization, origin, '', MIN(at), MAX(COALESCE(seen_at, at)), MAX(revision)
FROM limit_reading GROUP BY device, name, COALESCE(resets_at, 0), utilization, origin;
CREATE INDEX limit_stretch_revision ON limit_stretch (revision);
CREATE INDEX limit_stretch_seen ON limit_stretch (device, name, seen_at);
DROP TABLE limit_reading;
ALTER TABLE limit_latest ADD COLUMN session TEXT NOT NULL DEFAULT '';

UPDATE ledger SET version = 101;
