-- The database that `newsfacts load` writes. Offsets count Unicode code points, end exclusive.
-- Days are ISO 8601 text (2023-07-28), which sorts and compares as a day does.

CREATE TABLE IF NOT EXISTS documents (
    id               TEXT PRIMARY KEY,
    path             TEXT,
    title            TEXT,
    published        TEXT,
    published_source TEXT,
    url              TEXT,
    characters       INTEGER,
    words            INTEGER,
    sections         TEXT,   -- JSON object: sections of each kind
    warnings         TEXT,   -- JSON array
    sha256           TEXT    -- of the text in UTF-8
) STRICT;

CREATE TABLE IF NOT EXISTS facts (
    id              TEXT PRIMARY KEY,
    doc_id          TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    type            TEXT NOT NULL,
    start_char      INTEGER NOT NULL,
    end_char        INTEGER NOT NULL,
    text            TEXT NOT NULL,
    sentence_start  INTEGER NOT NULL,
    sentence_end    INTEGER NOT NULL,
    section         TEXT NOT NULL,
    rule            TEXT NOT NULL,
    confidence      REAL NOT NULL,
    timex3          TEXT,
    -- from here on: quantities only
    value           REAL,
    low             REAL,
    high            REAL,
    modifier        TEXT,
    unit            TEXT,
    per             TEXT,
    item            TEXT,
    item_start      INTEGER,
    item_end        INTEGER,
    subject         TEXT,
    subject_start   INTEGER,
    subject_end     INTEGER,
    predicate       TEXT,
    change_direction TEXT,
    change_role     TEXT,
    change_basis    TEXT,
    status          TEXT,
    source          TEXT,
    source_start    INTEGER,
    source_end      INTEGER,
    time_id         TEXT REFERENCES dates (id) DEFERRABLE INITIALLY DEFERRED,
    place_id        TEXT REFERENCES places (id) DEFERRABLE INITIALLY DEFERRED,
    place_inherited INTEGER,
    same_as         TEXT REFERENCES facts (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX IF NOT EXISTS facts_by_document ON facts (doc_id, start_char);
CREATE INDEX IF NOT EXISTS facts_by_type_and_unit ON facts (type, unit, value);
CREATE INDEX IF NOT EXISTS facts_by_time ON facts (time_id);
CREATE INDEX IF NOT EXISTS facts_by_place ON facts (place_id);
CREATE INDEX IF NOT EXISTS facts_by_same_as ON facts (same_as);

-- What a fact of type `date` says beyond its span.
CREATE TABLE IF NOT EXISTS dates (
    id          TEXT PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    edtf        TEXT,
    date_start  TEXT,
    date_end    TEXT,
    part        TEXT,
    part_of_day TEXT,
    relation    TEXT
) STRICT;

CREATE INDEX IF NOT EXISTS dates_by_day ON dates (date_start, date_end);

-- What a fact of type `place` says beyond its span.
CREATE TABLE IF NOT EXISTS places (
    id          TEXT PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    country     TEXT,
    admin1      TEXT,
    admin2      TEXT,
    geonames_id INTEGER,
    cn_code     TEXT,
    lat         REAL,
    lon         REAL
) STRICT;

CREATE INDEX IF NOT EXISTS places_by_name ON places (country, admin1, name);
CREATE INDEX IF NOT EXISTS places_by_geonames_id ON places (geonames_id);

-- Quantities with the time and place that they hold for.
CREATE VIEW IF NOT EXISTS quantities AS
SELECT
    f.id, f.doc_id, d.title, d.published, f.type, f.text, f.value, f.low, f.high, f.modifier, f.unit, f.per,
    f.item, f.subject, f.predicate, f.change_direction, f.change_role, f.change_basis, f.status, f.source,
    t.edtf AS time, t.date_start, t.date_end, t.relation AS time_relation,
    p.name AS place, p.kind AS place_kind, p.country, p.admin1, p.admin2, p.geonames_id, p.cn_code, p.lat, p.lon,
    f.place_inherited, f.same_as, f.confidence, f.rule, f.start_char, f.end_char
FROM facts AS f
JOIN documents AS d ON d.id = f.doc_id
LEFT JOIN dates AS t ON t.id = f.time_id
LEFT JOIN places AS p ON p.id = f.place_id
WHERE f.type NOT IN ('date', 'place');
