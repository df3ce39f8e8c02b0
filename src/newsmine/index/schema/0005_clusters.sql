-- What was said once and printed often, and articles that are one text (newsmine.index.clusters).
-- All of it is derived, and made by Index.cluster for what is new or changed.

-- A row for each quote that was looked at. saying: the quote that is the first print, itself where
-- it was printed once; NULL: to be looked at again. printed counts articles; place is the place in
-- the order of prints, from 0. words is a hash of the words, published a whole date or NULL.
CREATE TABLE prints (
    quote INTEGER PRIMARY KEY REFERENCES attributions (id) ON DELETE CASCADE,
    words INTEGER NOT NULL,
    speaker INTEGER,
    published TEXT,
    saying INTEGER,
    printed INTEGER NOT NULL DEFAULT 1,
    place INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX prints_words ON prints (words);
CREATE INDEX prints_speaker ON prints (speaker, published)
    WHERE speaker NOT NULL AND published NOT NULL;
CREATE INDEX prints_saying ON prints (saying);
CREATE INDEX prints_printed ON prints (printed) WHERE printed > 1;

-- Why two quotes are prints of one saying: exact, near, trimmed, mixed or paraphrase.
CREATE TABLE print_links (
    a INTEGER NOT NULL REFERENCES prints (quote) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES prints (quote) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX print_links_b ON print_links (b);

-- Fingerprints of words in a row, to find what may be alike. Those of a text that is gone are only
-- in the way: whatever they lead to is compared word by word.
CREATE TABLE quote_marks (
    mark INTEGER NOT NULL,
    quote INTEGER NOT NULL,
    PRIMARY KEY (mark, quote)
) WITHOUT ROWID;

-- The same for articles. text: the article printed first. kind: same, wire copy or revised.
CREATE TABLE copies (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    text INTEGER,
    kind TEXT,
    prints INTEGER NOT NULL DEFAULT 1,
    place INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX copies_text ON copies (text) WHERE kind NOT NULL;

CREATE TABLE copy_links (
    a INTEGER NOT NULL REFERENCES copies (article) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES copies (article) ON DELETE CASCADE,
    shared REAL NOT NULL,
    equal INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX copy_links_b ON copy_links (b);

CREATE TABLE article_marks (
    mark INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (mark, article)
) WITHOUT ROWID;

-- What a print leaves behind is looked at again.
CREATE TRIGGER prints_removed AFTER DELETE ON prints BEGIN
    UPDATE prints SET saying = NULL WHERE saying = old.saying;
END;
CREATE TRIGGER copies_removed AFTER DELETE ON copies WHEN old.kind NOT NULL BEGIN
    UPDATE copies SET text = NULL WHERE text = old.text AND kind NOT NULL;
END;
CREATE TRIGGER attributions_said_otherwise
AFTER UPDATE OF quote, kind, speaker, speaker_type, organisation ON attributions
WHEN old.quote != new.quote OR old.kind != new.kind OR old.speaker IS NOT new.speaker
    OR old.speaker_type IS NOT new.speaker_type OR old.organisation IS NOT new.organisation
BEGIN
    DELETE FROM prints WHERE quote = new.id;
END;
CREATE TRIGGER articles_printed_otherwise
AFTER UPDATE OF text, zones, outlet, published ON articles
WHEN old.text != new.text OR old.zones != new.zones OR old.outlet IS NOT new.outlet
    OR old.published IS NOT new.published
BEGIN
    DELETE FROM copies WHERE article = new.number;
    DELETE FROM prints WHERE quote IN (SELECT id FROM attributions WHERE article = new.number);
END;
