-- A role may end on a day that is known beforehand: it gives nothing from that instant on.
ALTER TABLE account_role ADD COLUMN ends_at @int@; -- first instant without it; none = no end set
