-- Who is who across articles (newsmine.index.identity): derived from the rows, the directory and the
-- judgements of the journal, and made anew by each build. Only what says more than the tables of
-- names has a row: several names of one, one name of several, a name that people gave.
CREATE TABLE identities (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    renamed INTEGER NOT NULL
);
CREATE INDEX identities_label ON identities (label COLLATE NOCASE);

-- whole = 0: only in the articles of identity_articles is the name this one's.
CREATE TABLE identity_names (
    identity INTEGER NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    speaker INTEGER REFERENCES speakers (id) ON DELETE CASCADE,
    organisation INTEGER REFERENCES organisations (id) ON DELETE CASCADE,
    whole INTEGER NOT NULL
);
CREATE INDEX identity_names_identity ON identity_names (identity);
CREATE INDEX identity_names_speaker ON identity_names (speaker);
CREATE INDEX identity_names_organisation ON identity_names (organisation);

CREATE TABLE identity_articles (
    identity INTEGER NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    speaker INTEGER NOT NULL REFERENCES speakers (id) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (identity, speaker, article)
) WITHOUT ROWID;
CREATE INDEX identity_articles_speaker ON identity_articles (speaker);
CREATE INDEX identity_articles_article ON identity_articles (article);

-- Pairs of names and why they are one, two, or a question (verdict NULL, or 'unsure' where somebody
-- could not say). *_articles: ids as JSON, NULL for all that have the name.
CREATE TABLE identity_links (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    one TEXT NOT NULL,
    one_articles TEXT,
    other TEXT NOT NULL,
    other_articles TEXT,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,
    verdict TEXT,
    judgement INTEGER REFERENCES journal (id)
);
