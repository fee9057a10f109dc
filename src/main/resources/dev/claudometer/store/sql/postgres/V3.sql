UPDATE ledger SET version = 3;
