// Which facts are shown: one pass over typed arrays.

import { NONE, TYPES, STATUSES, dayNumber } from "./store.js";

/** Searched beside the phrases. */
const SEARCHED = ["text", "predicate", "unit", "edtf", "name", "rule"];

export function noFilter() {
  return { types: new Set(), statuses: new Set(), place: "", from: "", to: "", confidence: 0, document: null,
    words: "", decisions: new Set(), doubted: false };
}

export function isFiltered(filter) {
  return Boolean(filter.types.size || filter.statuses.size || filter.place || filter.from || filter.to ||
    filter.confidence || filter.document !== null || filter.words || filter.decisions.size || filter.doubted);
}

/** "2020", "2020-05" or a day to the first or last day that it means; null where it is no date. */
export function dayOf(text, last) {
  const parts = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(text.trim());
  if (!parts) return null;
  const month = (parts[2] ?? (last ? "12" : "01")).padStart(2, "0");
  const day = (parts[3] ?? (last ? "31" : "01")).padStart(2, "0");
  return dayNumber(`${parts[1]}-${month}-${day}`);
}

export class Filtering {
  constructor(store) {
    this.store = store;
    this.lower = null;
    this.flags = new Map();
  }

  /** Rows that pass, and how many would pass of each type if types were not filtered. */
  apply(filter, decisionOf, isDoubted) {
    const { store } = this;
    const test = this.test(filter, decisionOf, isDoubted);
    const counts = new Array(TYPES.length).fill(0);
    const types = filter.types.size ? TYPES.map((type) => filter.types.has(type)) : null;
    const found = new Uint32Array(store.rows);
    let length = 0;
    const [first, end] = this.range(filter);
    for (let row = first; row < end; row++) {
      if (!test(row)) continue;
      const type = store.typeOf[row];
      counts[type]++;
      if (!types || types[type]) found[length++] = row;
    }
    return { rows: found.subarray(0, length), counts };
  }

  range({ document }) {
    const { firstRows, rows } = this.store;
    return document === null ? [0, rows] : [firstRows[document], firstRows[document + 1]];
  }

  test(filter, decisionOf, isDoubted) {
    const tests = [
      filter.confidence > 0 && this.confidence(filter.confidence),
      filter.statuses.size && this.status(filter.statuses),
      (filter.from || filter.to) && this.time(filter),
      filter.place && this.place(filter.place),
      filter.decisions.size && ((row) => filter.decisions.has(decisionOf(row))),
      filter.doubted && isDoubted,
      ...filter.words.toLowerCase().split(/\s+/).filter(Boolean).map((word) => this.word(word)),
    ].filter(Boolean);
    if (tests.length < 2) return tests[0] ?? (() => true);
    return (row) => tests.every((test) => test(row));
  }

  confidence(least) {
    const column = this.store.columns.get("confidence");
    return (row) => column[row] >= least;
  }

  status(statuses) {
    const wanted = STATUSES.map((status) => statuses.has(status));
    return (row) => wanted[this.store.statusOf[row]] === true;
  }

  time({ from, to }) {
    const { fromDay, toDay } = this.store;
    const first = dayOf(from, false) ?? -Infinity;
    const last = dayOf(to, true) ?? Infinity;
    return (row) => fromDay[row] <= last && (Number.isNaN(toDay[row]) ? fromDay[row] : toDay[row]) >= first;
  }

  /** A place and all that lies in it: its name may be the fact's place, province, prefecture or country. */
  place(name) {
    const wanted = name.trim().toLowerCase();
    const flag = this.flagged(`place ${wanted}`, (text) => text === wanted);
    const columns = ["name", "admin1", "admin2", "country"].map((field) => this.store.columns.get(field));
    return (row) => {
      const place = this.store.placeRow[row];
      return place !== NONE && columns.some((column) => column[place] !== NONE && flag[column[place]]);
    };
  }

  /** A word anywhere in a fact, in the name of its place, or in the title of its document. */
  word(word) {
    const { rows, documentOf, placeRow, columns } = this.store;
    const flag = this.flagged(`word ${word}`, (text) => text.includes(word));
    this.titles ??= this.store.documents.map((document) => `${document.title ?? ""}\n${document.id}`.toLowerCase());
    const titles = this.titles.map((title) => title.includes(word));
    const passing = Uint8Array.from(documentOf, (document) => (titles[document] ? 1 : 0));
    for (const field of [...SEARCHED, ...this.store.phrases]) {
      const column = columns.get(field);
      for (let row = 0; row < rows; row++) if (column[row] !== NONE && flag[column[row]] === 1) passing[row] = 1;
    }
    const names = columns.get("name");
    for (let row = 0; row < rows; row++) {
      const place = placeRow[row];
      if (place !== NONE && names[place] !== NONE && flag[names[place]] === 1) passing[row] = 1;
    }
    return (row) => passing[row] === 1;
  }

  /** Prepare what the first search needs, before it is asked for. */
  warm() {
    this.lower ??= this.store.strings.map((text) => text.toLowerCase());
  }

  /** For every string of the table whether it passes; the last few answers are kept. */
  flagged(key, passes) {
    this.warm();
    if (!this.flags.has(key)) {
      if (this.flags.size > 20) this.flags.clear();
      this.flags.set(key, Uint8Array.from(this.lower, (text) => (passes(text) ? 1 : 0)));
    }
    return this.flags.get(key);
  }
}
