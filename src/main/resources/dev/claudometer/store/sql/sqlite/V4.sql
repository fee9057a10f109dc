-- Kept free for a schema step that is made elsewhere.
PRAGMA user_version = 4;
