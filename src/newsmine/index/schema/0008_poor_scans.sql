-- Which articles are badly scanned (newsmine.ingest.quality), by their dates: flags stand behind
-- the texts, and to read them for each year all texts would have to be read.
CREATE INDEX articles_poor ON articles (published) WHERE instr(flags, '"low quality"') > 0;
