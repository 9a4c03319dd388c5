-- What every page-like thing shares: a proposal, an event, a post … has a row here, so that
-- comments, files, follows, grants, search and the audit chain are written once and refer to it.
CREATE TABLE page (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    kind text NOT NULL                      -- code of a page_kind
        CHECK (length(kind) BETWEEN 1 AND 40),
    slug text NOT NULL                      -- last part of its address
        CHECK (length(slug) BETWEEN 1 AND 80),
    language text NOT NULL                  -- code of the language it is written in
        CHECK (length(language) BETWEEN 2 AND 10),
    variant text NOT NULL DEFAULT 'original' -- what it is to translation_of
        CHECK (variant IN ('original', 'translation', 'easy_read', 'sign_language')),
    translation_of @int@,                   -- the page it was made from
    title text NOT NULL                     -- as its author wrote it
        CHECK (length(title) BETWEEN 1 AND 800),
    title_key text NOT NULL                 -- folded, for finding it by a part of its title
        CHECK (length(title_key) BETWEEN 1 AND 1600),
    state text NOT NULL DEFAULT 'draft'     -- page_state
        CHECK (state IN ('draft', 'review', 'published', 'unpublished', 'archived', 'disposed')),
    author @int@,                           -- account that wrote it (skribent)
    page_owner @int@,                       -- account that answers for it (informationsansvarig)
    substitute @int@,                       -- account that steps in for the owner
    revision @int@ NOT NULL DEFAULT 1       -- counts changes; compared and swapped
        CHECK (revision >= 1),
    record_class text NOT NULL              -- row of the information management plan
        CHECK (length(record_class) BETWEEN 1 AND 60),
    reason text                             -- what readers are told of why it was taken away
        CHECK (length(reason) BETWEEN 1 AND 4000),
    disposal text                           -- reference of the decision it was destroyed by
        CHECK (length(disposal) BETWEEN 1 AND 400),
    created_at @int@ NOT NULL,              -- when its draft was begun
    text_at @int@ NOT NULL,                 -- last time its text was gone through
    published_at @int@,                     -- first time
    updated_at @int@ NOT NULL,              -- last change that readers see
    UNIQUE (tenant, id),
    UNIQUE (tenant, kind, slug),
    FOREIGN KEY (tenant, translation_of) REFERENCES page (tenant, id),
    CHECK ((variant = 'original') = (translation_of IS NULL)),
    CHECK (translation_of <> id),
    CHECK (state IN ('draft', 'review') OR published_at IS NOT NULL),
    CHECK (state <> 'unpublished' OR reason IS NOT NULL),
    CHECK (state <> 'disposed' OR disposal IS NOT NULL)
) @strict@;
-- Lists of the published, newest first; one variant of each sort; and what somebody answers for.
CREATE INDEX page_published ON page (tenant, kind, state, published_at);
CREATE UNIQUE INDEX page_variant ON page (tenant, translation_of, language, variant)
    WHERE translation_of IS NOT NULL;
CREATE INDEX page_by_owner ON page (tenant, page_owner);
CREATE INDEX page_by_substitute ON page (tenant, substitute);

-- The words of a page, for the kinds that are written as lead and Markdown.
CREATE TABLE page_text (
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    lead text NOT NULL                      -- first paragraph, plain
        CHECK (length(lead) <= 4000),
    body text NOT NULL                      -- Markdown
        CHECK (length(body) <= 400000),
    PRIMARY KEY (tenant, page),
    FOREIGN KEY (tenant, page) REFERENCES page (tenant, id)
) @strict@ @without_rowid@;

-- Every saved version and every change of state: nothing given is lost. The newest row that has a
-- title holds the words that stand in page and page_text.
CREATE TABLE page_revision (
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    revision @int@ NOT NULL,                -- of page, after the change
    account @int@,                          -- who
    made_at @int@ NOT NULL,                 -- when
    act text NOT NULL                       -- page_act
        CHECK (act IN ('made', 'saved', 'restored', 'draft', 'review', 'published', 'unpublished',
                       'archived', 'handed_over')),
    reason text                             -- why, as the one who did it wrote
        CHECK (length(reason) <= 4000),
    restored_from @int@,                    -- the revision whose words were taken back
    title text CHECK (length(title) BETWEEN 1 AND 800), -- NULL: the words were not touched
    lead text                               -- as in page_text
        CHECK (length(lead) <= 4000),
    body text                               -- as in page_text
        CHECK (length(body) <= 400000),
    PRIMARY KEY (tenant, page, revision),
    FOREIGN KEY (tenant, page) REFERENCES page (tenant, id),
    CHECK ((title IS NULL) = (act NOT IN ('made', 'saved', 'restored')))
) @strict@ @without_rowid@;
