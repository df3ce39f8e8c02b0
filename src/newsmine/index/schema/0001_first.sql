-- The first form of an index. Plain tables and names: any SQLite tool, Datasette too, opens it.
-- Offsets are characters, end exclusive, as JSON: [start, end] or [[start, end], ...]. Those named
-- raw_* count in articles.raw_text, the others in articles.text. Unknown is NULL.

CREATE TABLE outlets (
    name TEXT NOT NULL PRIMARY KEY
);

-- number, not id, is the key of the other tables: it is small, and a VACUUM cannot change it.
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    sha256 TEXT,
    reader TEXT,
    outlet TEXT REFERENCES outlets (name),
    published TEXT,
    headline TEXT,
    standfirst TEXT,
    text TEXT NOT NULL,
    raw_text TEXT,
    alignment TEXT NOT NULL,
    zones TEXT NOT NULL,
    flags TEXT NOT NULL,
    model TEXT NOT NULL,
    newsmine TEXT NOT NULL,
    settings TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX articles_path ON articles (path);
CREATE INDEX articles_sha256 ON articles (sha256);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE INDEX articles_published ON articles (published);

CREATE TABLE bylines (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT
);
CREATE INDEX bylines_article ON bylines (article);

-- A row is a name as articles give it, not yet a person: two people of one name share it. An id is
-- kept as long as any article has the name, and never given to another name.
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    UNIQUE (name, type)
);

CREATE TABLE organisations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);

-- speaker_type without speaker: somebody speaks, and the text leaves open who.
CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    attribution TEXT NOT NULL,
    kind TEXT NOT NULL,
    quote TEXT NOT NULL,
    content TEXT NOT NULL,
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    raw_content TEXT NOT NULL,
    raw_source TEXT NOT NULL,
    raw_cue TEXT NOT NULL,
    speaker INTEGER REFERENCES speakers (id),
    speaker_type TEXT,
    role TEXT,
    organisation INTEGER REFERENCES organisations (id),
    mention TEXT,
    candidates TEXT,
    confidence REAL NOT NULL,
    reasons TEXT NOT NULL,
    UNIQUE (article, attribution)
);
CREATE INDEX attributions_speaker ON attributions (speaker);
CREATE INDEX attributions_organisation ON attributions (organisation);

-- value, low and high are for searching; exact holds them as fractions. context is the passage
-- around the figure.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    claim TEXT NOT NULL,
    figure TEXT NOT NULL,
    context TEXT NOT NULL,
    span TEXT NOT NULL,
    raw_span TEXT NOT NULL,
    form TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    exact TEXT NOT NULL,
    approximator TEXT,
    unit TEXT,
    counted TEXT,
    population TEXT,
    direction TEXT,
    base TEXT,
    period TEXT,
    area TEXT,
    status TEXT,
    attribution TEXT,
    speaker INTEGER REFERENCES speakers (id),
    speaker_type TEXT,
    role TEXT,
    organisation INTEGER REFERENCES organisations (id),
    mention TEXT,
    candidates TEXT,
    reasons TEXT NOT NULL,
    UNIQUE (article, claim),
    FOREIGN KEY (article, attribution) REFERENCES attributions (article, attribution)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX claims_attribution ON claims (article, attribution);
CREATE INDEX claims_speaker ON claims (speaker);
CREATE INDEX claims_organisation ON claims (organisation);

CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    text TEXT NOT NULL,
    label TEXT NOT NULL,
    entity TEXT,
    span TEXT NOT NULL,
    raw_span TEXT NOT NULL
);
CREATE INDEX mentions_article ON mentions (article);
CREATE INDEX mentions_entity ON mentions (entity);

CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    claims TEXT NOT NULL,
    rule TEXT NOT NULL,
    verdict TEXT NOT NULL,
    sum TEXT,
    reason TEXT
);
CREATE INDEX checks_article ON checks (article);

-- Full text. The words lie here, the texts only in their tables; triggers keep both together.
CREATE VIRTUAL TABLE article_words USING fts5 (
    headline, standfirst, text,
    content = 'articles', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE quote_words USING fts5 (
    quote,
    content = 'attributions', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE claim_words USING fts5 (
    context,
    content = 'claims', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE counted_words USING fts5 (
    counted,
    content = 'claims', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- Names are not stemmed: "Banks" is not "Bank".
CREATE VIRTUAL TABLE speaker_names USING fts5 (
    name,
    content = 'speakers', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE organisation_names USING fts5 (
    name,
    content = 'organisations', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE outlet_names USING fts5 (
    name,
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
    INSERT INTO article_words (rowid, headline, standfirst, text)
    VALUES (new.number, new.headline, new.standfirst, new.text);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, headline, standfirst, text)
    VALUES ('delete', old.number, old.headline, old.standfirst, old.text);
END;
CREATE TRIGGER attributions_added AFTER INSERT ON attributions BEGIN
    INSERT INTO quote_words (rowid, quote) VALUES (new.id, new.quote);
END;
CREATE TRIGGER attributions_removed AFTER DELETE ON attributions BEGIN
    INSERT INTO quote_words (quote_words, rowid, quote) VALUES ('delete', old.id, old.quote);
END;
CREATE TRIGGER claims_added AFTER INSERT ON claims BEGIN
    INSERT INTO claim_words (rowid, context) VALUES (new.id, new.context);
    INSERT INTO counted_words (rowid, counted) VALUES (new.id, new.counted);
END;
CREATE TRIGGER claims_removed AFTER DELETE ON claims BEGIN
    INSERT INTO claim_words (claim_words, rowid, context) VALUES ('delete', old.id, old.context);
    INSERT INTO counted_words (counted_words, rowid, counted) VALUES ('delete', old.id, old.counted);
END;
CREATE TRIGGER speakers_added AFTER INSERT ON speakers BEGIN
    INSERT INTO speaker_names (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER speakers_removed AFTER DELETE ON speakers BEGIN
    INSERT INTO speaker_names (speaker_names, rowid, name) VALUES ('delete', old.id, old.name);
END;
CREATE TRIGGER organisations_added AFTER INSERT ON organisations BEGIN
    INSERT INTO organisation_names (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER organisations_removed AFTER DELETE ON organisations BEGIN
    INSERT INTO organisation_names (organisation_names, rowid, name)
    VALUES ('delete', old.id, old.name);
END;
CREATE TRIGGER outlets_added AFTER INSERT ON outlets BEGIN
    INSERT INTO outlet_names (name) VALUES (new.name);
END;
CREATE TRIGGER outlets_removed AFTER DELETE ON outlets BEGIN
    DELETE FROM outlet_names WHERE name = old.name;
END;

-- What people want to see. The columns up to the offsets are those of the exports.
CREATE VIEW quotes AS
SELECT
    attributions.quote,
    attributions.kind,
    speakers.name AS speaker,
    attributions.speaker_type AS type,
    attributions.role,
    organisations.name AS organisation,
    articles.outlet,
    articles.published,
    articles.headline,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM bylines WHERE bylines.article = articles.number ORDER BY bylines.id
    )) AS byline,
    articles.id AS article,
    articles.path,
    attributions.attribution,
    attributions.content,
    attributions.source,
    attributions.cue,
    attributions.raw_content,
    attributions.raw_source,
    attributions.raw_cue,
    attributions.confidence,
    attributions.reasons,
    attributions.id,
    attributions.speaker AS speaker_id,
    attributions.organisation AS organisation_id
FROM attributions
JOIN articles ON articles.number = attributions.article
LEFT JOIN speakers ON speakers.id = attributions.speaker
LEFT JOIN organisations ON organisations.id = attributions.organisation;

CREATE VIEW figures AS
SELECT
    claims.figure AS text,
    claims.value,
    claims.low,
    claims.high,
    claims.form,
    claims.approximator,
    claims.unit,
    claims.counted,
    claims.population,
    claims.direction,
    claims.base,
    claims.period,
    claims.area,
    claims.status,
    speakers.name AS speaker,
    claims.speaker_type AS type,
    claims.role,
    organisations.name AS organisation,
    attributions.kind,
    claims.context,
    articles.outlet,
    articles.published,
    articles.headline,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM bylines WHERE bylines.article = articles.number ORDER BY bylines.id
    )) AS byline,
    articles.id AS article,
    articles.path,
    claims.claim,
    claims.attribution,
    claims.span,
    claims.raw_span,
    claims.reasons,
    claims.id,
    claims.speaker AS speaker_id,
    claims.organisation AS organisation_id
FROM claims
JOIN articles ON articles.number = claims.article
LEFT JOIN attributions
    ON attributions.article = claims.article AND attributions.attribution = claims.attribution
LEFT JOIN speakers ON speakers.id = claims.speaker
LEFT JOIN organisations ON organisations.id = claims.organisation;
