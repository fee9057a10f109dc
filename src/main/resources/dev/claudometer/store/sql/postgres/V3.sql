-- Kept free for a schema step that is made elsewhere.
UPDATE ledger SET version = 3;
