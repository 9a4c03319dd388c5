-- What the organisation itself says in its accessibility statement (QUA-1); the rest is the same
-- for all and stands in the words. No row: nothing has been said yet.
CREATE TABLE accessibility_statement (
    tenant @int@ PRIMARY KEY REFERENCES organisation (id),
    standing text NOT NULL                  -- how far the site meets the law
        CHECK (standing IN ('wholly', 'partly', 'not')),
    faults text                             -- known faults, one a line
        CHECK (length(faults) BETWEEN 1 AND 8000),
    tested_by text NOT NULL                 -- who looked
        CHECK (tested_by IN ('self', 'other')),
    tested_at @int@ NOT NULL,               -- the day it was last looked through
    revision @int@ NOT NULL DEFAULT 1,      -- counts changes; compared and swapped
    updated_at @int@ NOT NULL               -- last change
) @strict@;
