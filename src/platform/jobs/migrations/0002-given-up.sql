-- A recurring job that failed ten times goes on at its next time, so failed_at does not say it:
-- nobody saw that it had failed. given_up_at is when the tenth attempt in a row failed, of any job;
-- none = it went well since then, or was asked for again.
ALTER TABLE job ADD COLUMN given_up_at @int@;
