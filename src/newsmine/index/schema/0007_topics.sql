-- What articles and quotes are about (newsmine.index.topics). All of it is derived: applying a
-- dictionary or model makes it anew.

-- By what the articles are scored: one row. content is the dictionary's TOML or the model's JSON,
-- compressed by zlib, so that articles added later are scored by the same.
CREATE TABLE topic_scorer (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE topics (
    name TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    part_of TEXT,
    place INTEGER NOT NULL
);

-- What of an article speaks for a topic, even where that is not enough to be about it. score: 0 to
-- 1, enough from 0.5. fired: [[term, weight, [[start, end], ...]], ...] in articles.text. lent: what
-- a quote has from its article.
CREATE TABLE article_topics (
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    score REAL NOT NULL,
    fired TEXT NOT NULL,
    PRIMARY KEY (article, topic)
) WITHOUT ROWID;
CREATE INDEX article_topics_topic ON article_topics (topic, score);
CREATE TABLE quote_topics (
    quote INTEGER NOT NULL REFERENCES attributions (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    score REAL NOT NULL,
    lent REAL NOT NULL,
    fired TEXT NOT NULL,
    PRIMARY KEY (quote, topic)
) WITHOUT ROWID;
CREATE INDEX quote_topics_topic ON quote_topics (topic, score);

-- The topics that it is about, as a JSON list, best first. articles.topics: NULL: not scored yet.
ALTER TABLE articles ADD COLUMN topics TEXT;
ALTER TABLE attributions ADD COLUMN topics TEXT;
ALTER TABLE claims ADD COLUMN topics TEXT;
