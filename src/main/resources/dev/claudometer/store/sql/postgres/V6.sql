UPDATE ledger SET version = 6;
