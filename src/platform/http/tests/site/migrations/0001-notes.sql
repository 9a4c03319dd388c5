-- A board of notes: the smallest service that reads, writes, refuses and is read again.

-- tenant   organisation, always 1 here
-- text     what is on the note; a note with the same text cannot be made twice
CREATE TABLE note (
    id @id@,
    tenant @int@ NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (tenant, text)
)@strict@;
