-- Which files the articles came from (newsmine.index.manifest), so that a build reads again only
-- what is new or changed. sha256 is of the file's bytes, and of those beside it that it names;
-- settings are those of the build. done = 0: its articles are being added; after an interruption
-- the next build goes on with them. path is not UNIQUE: in a copy without withheld names two may
-- have become one.
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    newsmine TEXT NOT NULL,
    model TEXT NOT NULL,
    settings TEXT NOT NULL,
    done INTEGER NOT NULL
);
CREATE INDEX files_path ON files (path);
CREATE INDEX files_sha256 ON files (sha256);

-- The articles of a file, by their ids; those that two files have are in the index once. fresh = 0:
-- of an earlier reading, not seen in the last one.
CREATE TABLE file_articles (
    file INTEGER NOT NULL REFERENCES files (number) ON DELETE CASCADE,
    article TEXT NOT NULL,
    fresh INTEGER NOT NULL,
    PRIMARY KEY (file, article)
) WITHOUT ROWID;
CREATE INDEX file_articles_article ON file_articles (article);

-- What a file did not give, and why. passed_over = 1: an article that could be read, but is not
-- about the topic that was asked for.
CREATE TABLE left_out (
    file INTEGER NOT NULL REFERENCES files (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    passed_over INTEGER NOT NULL,
    PRIMARY KEY (file, place)
) WITHOUT ROWID;
