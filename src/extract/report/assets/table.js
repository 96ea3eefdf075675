// All matching facts as a table: sorted by any column, only the rows in sight drawn.

import { announce, button, clear, el } from "./dom.js";
import { saveFacts } from "./download.js";
import { LongList } from "./list.js";
import { NONE } from "./store.js";
import { changeWords, normalised, placeWords, several, titleOf, TYPE_NAMES, whenWords } from "./words.js";

const HEIGHT = 36;
const VALUE = 2;

/** name, what it shows, how it sorts (number, or string of the table), whether flush right. */
const COLUMNS = [
  ["Type", (s, r) => TYPE_NAMES[s.type(r)], (s) => s.typeOf],
  ["Text", (s, r) => s.get(r, "text"), "text"],
  ["Value", normalised, "value", true],
  ["Item", (s, r) => s.get(r, "item"), "item"],
  ["Subject", (s, r) => s.get(r, "subject"), "subject"],
  ["Change", (s, r) => changeWords(s.change(r)), "change_direction"],
  ["When", (s, r) => linkedWords(s, s.dateRow[r], whenWords), (s) => s.fromDay],
  ["Where", (s, r) => linkedWords(s, s.placeRow[r], placeWords), (s) => linkedRanks(s, s.placeRow, "name")],
  ["Status", (s, r) => s.get(r, "status"), (s) => s.statusOf],
  ["Source", (s, r) => s.get(r, "source"), "source"],
  ["Confidence", (s, r) => s.get(r, "confidence").toFixed(2), "confidence", true],
  ["Rule", (s, r) => s.get(r, "rule"), "rule"],
  ["Document", (s, r) => titleOf(s.document(r)), (s) => s.documentOf],
];

function linkedWords(store, row, words) {
  return row === NONE ? null : words(store, row);
}

function linkedRanks(store, rows, name) {
  const ranks = stringRanks(store);
  const column = store.columns.get(name);
  return Float64Array.from(rows, (row) => (row === NONE || column[row] === NONE ? NaN : ranks[column[row]]));
}

/** The place of each string in alphabetical order, computed once. */
function stringRanks(store) {
  if (!store.ranks) {
    const lower = store.strings.map((text) => text.toLowerCase());
    const order = [...lower.keys()].sort((a, b) => (lower[a] < lower[b] ? -1 : lower[a] > lower[b] ? 1 : 0));
    store.ranks = new Float64Array(order.length);
    order.forEach((index, rank) => { store.ranks[index] = rank; });
  }
  return store.ranks;
}

/** A number for every row to sort by; NaN, which stands for nothing, comes last. */
export function sortKeys(store, by) {
  if (typeof by === "function") return by(store);
  const column = store.columns.get(by);
  if (store.kinds.get(by) === "number") return column;
  const ranks = stringRanks(store);
  return Float64Array.from(column, (index) => (index === NONE ? NaN : ranks[index]));
}

export function sorted(rows, keys, descending) {
  const sign = descending ? -1 : 1;
  return Uint32Array.from(rows).sort((a, b) => {
    const [x, y] = [keys[a], keys[b]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return a - b;
    if (Number.isNaN(x)) return 1;
    if (Number.isNaN(y)) return -1;
    return sign * (x - y);
  });
}

export class TableView {
  constructor(app) {
    this.app = app;
    this.order = { column: null, descending: false };
    this.heads = COLUMNS.map(([name, , , right], i) => el("th", { scope: "col", class: right ? "right" : "" },
      button(name, { class: "sort", click: () => this.sortBy(i) })));
    this.body = el("tbody");
    this.table = el("table", { class: "facts-table" },
      el("caption", { class: "unseen" }, "Facts; the heads of the columns sort"),
      el("thead", {}, el("tr", {}, ...this.heads)), this.body);
    this.scroller = el("div", { class: "scroll table-scroll", tabindex: 0, role: "region", "aria-label": "Table of facts" },
      this.table);
    this.empty = el("p", { class: "empty" }, "No fact passes the filters.");
    this.node = el("section", { class: "table-view" }, this.bar(), this.empty, this.scroller);
    this.rows = new LongList(this.scroller, this.body, HEIGHT, (index) => this.draw(index), spacerRow);
  }

  bar() {
    const download = (format, label) => button(label, { class: "quiet", id: `download-${format}`,
      click: () => this.download(format) });
    return el("div", { class: "bar" }, el("p", { class: "hint" }, "A row opens its article."),
      download("csv", "Download CSV"), download("jsonl", "Download JSONL"));
  }

  async download(format) {
    announce(`Saving ${several(this.shown.length, "fact")}`);
    await saveFacts(this.app.store, this.shown, format);
  }

  sortBy(column) {
    const descending = this.order.column === column && !this.order.descending;
    this.order = { column, descending };
    this.heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    this.scroller.scrollTop = 0;
    this.update();
  }

  update() {
    const { rows, store } = this.app;
    const { column, descending } = this.order;
    this.shown = column === null ? rows : sorted(rows, sortKeys(store, COLUMNS[column][2]), descending);
    this.table.setAttribute("aria-rowcount", String(this.shown.length + 1));
    this.empty.hidden = this.shown.length > 0;
    this.rows.reset(this.shown.length);
  }

  draw(index) {
    const row = this.shown[index];
    const { store } = this.app;
    const type = store.type(row);
    const cells = COLUMNS.map(([name, words, , right], i) => this.cell(row, words(store, row) ?? "", i, right));
    return el("tr", { class: `type-${type}${row === this.app.active ? " active" : ""}`, "aria-rowindex": index + 2,
      "data-row": row, click: () => this.app.go(row) }, ...cells);
  }

  cell(row, words, column, right) {
    const flush = right && (column !== VALUE || this.app.store.isQuantity(row));
    const attributes = { class: flush ? "right" : "", title: String(words) };
    if (column === 0) return el("td", attributes, el("span", { class: "tag" }, words));
    if (column === 1) return el("td", attributes, button(words, { class: "link" }));
    return el("td", attributes, words);
  }
}

function spacerRow(height) {
  const cell = el("td", { colspan: COLUMNS.length });
  cell.style.height = `${height}px`;
  cell.style.padding = "0";
  const row = el("tr", { class: "gap", "aria-hidden": "true" }, cell);
  row.hidden = height === 0;
  return row;
}
