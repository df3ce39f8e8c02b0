-- What people decided (newsmine.index.journal). Nothing derived: adding, replacing and removing
-- articles leaves it alone, and nothing in it points to a row of another table. It only grows: an
-- undo is an entry that names the one it undoes. subject and decision are JSON objects.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    decision TEXT NOT NULL,
    why TEXT,
    undoes INTEGER REFERENCES journal (id)
);
CREATE INDEX journal_at ON journal (at);

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'a judgement is never changed: undo it');
END;
CREATE TRIGGER journal_undeleted BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'a judgement is never deleted: undo it');
END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER journal_unreplaced BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'a judgement is never replaced: undo it');
END;
CREATE TRIGGER journal_ordered BEFORE INSERT ON journal
WHEN new.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal WHERE id = new.undoes) BEGIN
    SELECT RAISE(ABORT, 'an undo names an earlier judgement');
END;
