-- From now on recipient is an HMAC with mail.key of the key folder. The digests written before had
-- no key: where the address was to be forgotten, they would let it be guessed, so they go. Where it
-- still stands beside them they may stay until the row is disposed of.
UPDATE outbox SET recipient = 'forgotten ' || CAST(id AS TEXT) WHERE address IS NULL;
