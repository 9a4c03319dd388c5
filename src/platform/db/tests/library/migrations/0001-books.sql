-- A small lending library: what the tests of platform/db read and write.
-- no topic: loan

-- A book that can be lent.
CREATE TABLE book (
    id @id@,                                    -- book number, never reused
    tenant @int@ NOT NULL,                      -- whose library
    isbn TEXT NOT NULL,                         -- one book has one
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200), -- as printed
    genre TEXT NOT NULL,                        -- novel or poetry
    price_ore @int@ NOT NULL DEFAULT 0,         -- to replace it, öre
    lent @int@ NOT NULL DEFAULT 0 CHECK (lent IN (0, 1)), -- 1 while somebody has it
    due_at @int@,                               -- back by then, µs UTC; NULL = not lent
    shelf TEXT,                                 -- NULL = not placed yet
    home TEXT,                                  -- web address of its publisher
    cover @blob@,                               -- picture
    UNIQUE (tenant, isbn),
    UNIQUE (tenant, id)
) @strict@;

-- small tables: shelf
-- Where books stand; a handful.
CREATE TABLE shelf (
    tenant @int@ NOT NULL,
    name TEXT NOT NULL,                         -- as written on it
    PRIMARY KEY (tenant, name)
) @strict@;

-- A loan: who has which book.
CREATE TABLE loan (
    tenant @int@ NOT NULL,                      -- whose library
    book @int@ NOT NULL,                        -- which book
    reader @int@ NOT NULL,                      -- who borrowed it
    PRIMARY KEY (tenant, book),
    FOREIGN KEY (tenant, book) REFERENCES book (tenant, id)
) @strict@ @without_rowid@;
