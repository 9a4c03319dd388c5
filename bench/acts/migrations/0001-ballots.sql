-- What the measurement writes: one ballot for each voter, as a tick of a ballot would.
-- no topic: ballot
-- A ballot as it stands now.
CREATE TABLE ballot (
    tenant @int@ NOT NULL,
    poll @int@ NOT NULL,              -- which poll
    voter @int@ NOT NULL,             -- whose
    choices TEXT NOT NULL,            -- numbers of what was ticked
    revision @int@ NOT NULL DEFAULT 1, -- counts changes
    PRIMARY KEY (tenant, poll, voter)
) @strict@ @without_rowid@;
