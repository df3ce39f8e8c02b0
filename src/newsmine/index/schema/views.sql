-- What people want to see, Datasette too, in a file and on a server (which wants a name for each
-- table, hence "written"). The columns up to the offsets are those of the exports.
-- Views hold nothing, so they have no forms: the last migration makes these anew, whatever was there.
DROP VIEW IF EXISTS quotes;
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
    ) AS written) AS byline,
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

DROP VIEW IF EXISTS figures;
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
    ) AS written) AS byline,
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
