-- Searches go through the articles from the newest one backwards, or through what an organisation
-- says, and look at a few columns of each quote or figure: who, of which kind, about what. In these
-- indexes they lie side by side; the rows of the tables, which hold whole texts, are read for what
-- is shown alone. Measured with benchmarks/search.py: facets of an organisation in a third of the
-- time, of the newest 20,000 of a word in three quarters; a file 6 % bigger (of short invented
-- texts; of whole articles, a quarter of that).
DROP INDEX articles_published;
CREATE INDEX articles_newest ON articles (published DESC, id, outlet);
CREATE INDEX attributions_facets ON attributions (article, organisation, speaker, kind, topics);
DROP INDEX attributions_organisation;
CREATE INDEX attributions_organisation
    ON attributions (organisation, article, speaker, kind, topics);
CREATE INDEX claims_facets ON claims (article, organisation, speaker, form, topics);
