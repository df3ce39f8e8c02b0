-- Corrections and withheld names (newsmine.index.derived): what judgements of the journal make of
-- the rows that were extracted. All of it is derived: the journal and the articles give it again.

-- checked: NULL (nobody looked), 'yes' or 'corrected'; then by whom, what was found, and why.
ALTER TABLE attributions ADD COLUMN checked TEXT;
ALTER TABLE attributions ADD COLUMN checked_by TEXT;
ALTER TABLE attributions ADD COLUMN correction TEXT;
ALTER TABLE claims ADD COLUMN checked TEXT;
ALTER TABLE claims ADD COLUMN checked_by TEXT;
ALTER TABLE claims ADD COLUMN correction TEXT;
CREATE INDEX attributions_checked ON attributions (checked) WHERE checked NOT NULL;
CREATE INDEX claims_checked ON claims (checked) WHERE checked NOT NULL;

-- An article that judgements changed, as it was extracted: its rows as compressed JSON, out of the
-- reach of any search. id and path are its own, which may hold a name that is withheld; replaced is
-- how often a name is replaced in its text, -1 where none is withheld.
CREATE TABLE sealed (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    replaced INTEGER NOT NULL,
    rows BLOB NOT NULL
);
CREATE INDEX sealed_id ON sealed (id);
CREATE INDEX sealed_path ON sealed (path);

-- Which row a judgement was applied to; one in force that is not here has lost its row.
CREATE TABLE corrections (
    judgement INTEGER PRIMARY KEY REFERENCES journal (id),
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    of TEXT NOT NULL,
    row TEXT NOT NULL
);
CREATE INDEX corrections_article ON corrections (article);

-- Names that a rule found in an article, with the words around each.
CREATE TABLE withheld (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    name TEXT NOT NULL,
    passage TEXT NOT NULL
);
CREATE INDEX withheld_article ON withheld (article);

-- Up to which entry of the journal the rows are as it says.
CREATE TABLE judged (upto INTEGER NOT NULL);
INSERT INTO judged (upto) VALUES (0);

-- A text that changes in its place takes its words along.
CREATE TRIGGER articles_changed AFTER UPDATE OF headline, standfirst, text ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, headline, standfirst, text)
    VALUES ('delete', old.number, old.headline, old.standfirst, old.text);
    INSERT INTO article_words (rowid, headline, standfirst, text)
    VALUES (new.number, new.headline, new.standfirst, new.text);
END;
CREATE TRIGGER attributions_changed AFTER UPDATE OF quote ON attributions BEGIN
    INSERT INTO quote_words (quote_words, rowid, quote) VALUES ('delete', old.id, old.quote);
    INSERT INTO quote_words (rowid, quote) VALUES (new.id, new.quote);
END;
CREATE TRIGGER claims_changed AFTER UPDATE OF context, counted ON claims BEGIN
    INSERT INTO claim_words (claim_words, rowid, context) VALUES ('delete', old.id, old.context);
    INSERT INTO claim_words (rowid, context) VALUES (new.id, new.context);
    INSERT INTO counted_words (counted_words, rowid, counted) VALUES ('delete', old.id, old.counted);
    INSERT INTO counted_words (rowid, counted) VALUES (new.id, new.counted);
END;
