-- Pages that articles were read from, with the place of each word, and what a file said of an
-- article outside its prose (landmarks, columns, structure).
-- words: [[start, end, left, top, right, bottom, confidence or null, text if it is not that of
-- articles.raw_text from start to end], ...]; lengths in the page's unit.
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    unit TEXT NOT NULL,
    image TEXT,
    words TEXT NOT NULL
);
CREATE INDEX pages_article ON pages (article);

ALTER TABLE articles ADD COLUMN given TEXT;
