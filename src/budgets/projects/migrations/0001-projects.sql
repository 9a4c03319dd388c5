-- What becomes of the proposals that got money (JOURNEYS A8; PB-9).
CREATE TABLE project (
    tenant @int@ NOT NULL REFERENCES organisation (id),
    page @int@ NOT NULL,                    -- the proposal's page
    campaign @int@ NOT NULL,
    state text NOT NULL                     -- see project_state in budgets.h
        CHECK (state IN ('decided', 'ongoing', 'delayed', 'done', 'opened', 'dropped')),
    department text NOT NULL DEFAULT '',    -- who answers for it
    contact text NOT NULL DEFAULT '',       -- how they are reached
    planned_on @int@,                       -- day it is to be ready; none = not known yet
    cost_now @int@ CHECK (cost_now >= 0),   -- öre so far; none = nothing yet
    opening_at @int@,                       -- when it is opened; none = not known yet
    opening_place text NOT NULL DEFAULT '', -- where
    decision @int@,                         -- that dropped it
    revision @int@ NOT NULL DEFAULT 1,      -- counts changes; compared and swapped
    PRIMARY KEY (tenant, page)
) @strict@;
CREATE INDEX project_by_campaign ON project (tenant, campaign, state);

-- What has happened, as readers see it.
CREATE TABLE project_news (
    id @id@,
    tenant @int@ NOT NULL,
    page @int@ NOT NULL,
    state text NOT NULL,                    -- of the project from then on
    planned_on @int@,                       -- the day then promised
    words text NOT NULL,                    -- one or some sentences; a new day says why
    by_account @int@,                       -- who
    at @int@ NOT NULL                       -- when
) @strict@;
CREATE INDEX project_news_by_page ON project_news (tenant, page, id);
