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

DROP VIEW quotes;
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
    coalesce(attributions.checked, 'no') AS checked,
    attributions.checked_by,
    attributions.correction,
    coalesce(prints.printed, 1) AS printed,
    (SELECT articles.id || '/' || first.attribution FROM attributions AS first
        JOIN articles ON articles.number = first.article
        WHERE first.id = coalesce(prints.saying, attributions.id)) AS saying,
    attributions.topics,
    attributions.id,
    attributions.speaker AS speaker_id,
    attributions.organisation AS organisation_id
FROM attributions
JOIN articles ON articles.number = attributions.article
LEFT JOIN prints ON prints.quote = attributions.id
LEFT JOIN speakers ON speakers.id = attributions.speaker
LEFT JOIN organisations ON organisations.id = attributions.organisation;

DROP VIEW figures;
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
    coalesce(claims.checked, 'no') AS checked,
    claims.checked_by,
    claims.correction,
    claims.topics,
    claims.id,
    claims.speaker AS speaker_id,
    claims.organisation AS organisation_id
FROM claims
JOIN articles ON articles.number = claims.article
LEFT JOIN attributions
    ON attributions.article = claims.article AND attributions.attribution = claims.attribution
LEFT JOIN speakers ON speakers.id = claims.speaker
LEFT JOIN organisations ON organisations.id = claims.organisation;
