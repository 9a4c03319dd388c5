-- Swedish order (å ä ö last) under the name that both engines know. SQLite gets it from the program
-- at each connection.
-- only postgresql
CREATE COLLATION sv (provider = icu, locale = 'sv');
-- for both
