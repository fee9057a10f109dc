-- What V1 has gained since stores held 101. Whatever is changed in V1.sql before the first release is added here too.

UPDATE ledger SET version = 102;
