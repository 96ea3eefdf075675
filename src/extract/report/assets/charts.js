// Values side by side, wherever several facts share item, place or year and unit.

import { button, clear, el } from "./dom.js";
import { NONE } from "./store.js";
import { normalised, several, shortNumber, titleOf, unitWords, whenWords } from "./words.js";

const OFFERED = 150;
const DRAWN = 60;
const DAYS_A_YEAR = 372;
/** A linear scale hides small values beyond this ratio. */
const LOG_FROM = 200;

const GROUPINGS = { item: "Item", place: "Place", year: "Year" };

function size(store, row) {
  return store.get(row, "value") ?? store.get(row, "high") ?? store.get(row, "low");
}

/** For each string the first that differs from it in capitals alone: what groups by item. */
function folded(store) {
  if (!store.folded) {
    const first = new Map();
    store.folded = Uint32Array.from(store.strings, (text, index) => {
      const lower = text.toLowerCase();
      if (!first.has(lower)) first.set(lower, index);
      return first.get(lower);
    });
  }
  return store.folded;
}

/** What a fact is grouped by, as a number: of a string, or the year. */
function keyBy(store, by) {
  const items = store.columns.get("item");
  const names = store.columns.get("name");
  const fold = folded(store);
  return {
    item: (row) => (items[row] === NONE ? null : fold[items[row]]),
    place: (row) => (store.placeRow[row] === NONE ? null : names[store.placeRow[row]]),
    year: (row) => (Number.isNaN(store.fromDay[row]) ? null : Math.floor(store.fromDay[row] / DAYS_A_YEAR)),
  }[by];
}

/** Quantities that share name, type, unit and rate: groups of two and more, largest first. */
export function groupsOf(store, rows, by) {
  const [units, rates] = [store.columns.get("unit"), store.columns.get("per")];
  const nameKey = keyBy(store, by);
  const groups = new Map();
  for (const row of rows) {
    const name = store.isQuantity(row) ? nameKey(row) : null;
    if (name === null || size(store, row) === null) continue;
    const key = `${name} ${store.typeOf[row]} ${units[row]} ${rates[row]}`;
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { key, name, rows: [row] });
  }
  const shared = [...groups.values()].filter((group) => group.rows.length > 1);
  for (const group of shared) describe(store, group, by);
  return shared.sort((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
}

function describe(store, group, by) {
  const [row] = group.rows;
  const name = by === "year" ? String(group.name) : store.strings[group.name];
  Object.assign(group, { name: by === "item" ? name.toLowerCase() : name, type: store.type(row), unit: store.get(row, "unit"),
    per: store.get(row, "per") });
}

export class ChartsView {
  constructor(app) {
    this.app = app;
    this.by = "item";
    this.chosen = null;
    this.choices = Object.entries(GROUPINGS).map(([by, label]) => button(label, { class: "chip", "data-by": by,
      "aria-pressed": String(by === this.by), click: () => this.group(by) }));
    this.list = el("ol", { class: "groups" });
    this.chart = el("div", { class: "chart scroll", tabindex: 0, role: "region", "aria-label": "Values" });
    this.node = el("section", { class: "charts-view" },
      el("div", { class: "groups-pane" },
        el("div", { class: "chips", role: "group", "aria-label": "Facts that share" },
          el("span", { class: "faint" }, "Same "), ...this.choices),
        el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Groups" }, this.list)),
      this.chart);
  }

  group(by) {
    this.by = by;
    for (const choice of this.choices) choice.setAttribute("aria-pressed", String(choice.dataset.by === by));
    this.chosen = null;
    this.update();
  }

  update() {
    this.groups = groupsOf(this.app.store, this.app.rows, this.by);
    this.chosen = this.groups.find((group) => group.key === this.chosen?.key) ?? this.groups[0] ?? null;
    this.drawList();
    this.drawChart();
  }

  drawList() {
    clear(this.list, ...this.groups.slice(0, OFFERED).map((group) => el("li", {},
      button("", { class: `group type-${group.type}`, "aria-pressed": String(group === this.chosen), click: () => this.choose(group) },
        el("span", { class: "dot", "aria-hidden": "true" }), el("span", { class: "group-name" }, group.name),
        el("span", { class: "faint" }, ` ${unitWords(group.unit) || group.type}${group.per ? ` per ${group.per.replace(/[{}]/g, "")}` : ""}`),
        el("span", { class: "amount" }, String(group.rows.length), el("span", { class: "unseen" }, " facts"))))));
    if (!this.groups.length) this.list.append(el("li", { class: "empty" }, `No two facts shown share ${this.by} and unit.`));
  }

  choose(group) {
    this.chosen = group;
    for (const [i, item] of [...this.list.querySelectorAll(".group")].entries())
      item.setAttribute("aria-pressed", String(this.groups[i] === group));
    this.drawChart();
  }

  drawChart() {
    if (!this.chosen) {
      clear(this.chart, el("p", { class: "empty" }, "Nothing to compare with these filters."));
      return;
    }
    const { store } = this.app;
    const { rows, name, unit, type } = this.chosen;
    const ordered = [...rows].sort((a, b) => (store.fromDay[a] || 0) - (store.fromDay[b] || 0) || a - b).slice(0, DRAWN);
    const scale = scaleOf(ordered.map((row) => size(store, row)));
    clear(this.chart,
      el("h2", {}, `${name}`, el("span", { class: "faint" }, unitWords(unit) ? ` in${unitWords(unit)}` : ` (${type})`)),
      el("p", { class: "hint" }, `${several(rows.length, "fact")}${rows.length > DRAWN ? `, the first ${DRAWN}` : ""}; ` +
        `bars on a ${scale.log ? "logarithmic" : "linear"} scale up to ${shortNumber(scale.most)}`),
      el("ol", { class: "bars" }, ...ordered.map((row) => this.bar(row, scale))));
  }

  bar(row, scale) {
    const { store } = this.app;
    const fill = el("span", { class: "value-fill" });
    fill.style.width = `${scale.share(size(store, row))}%`;
    return el("li", { class: `value-bar type-${store.type(row)}` }, button("", { class: "value-button", title: titleOf(store.document(row)),
      click: () => this.app.go(row) },
    el("span", { class: "value-label" }, this.label(row)), el("span", { class: "value-room", "aria-hidden": "true" }, fill),
    el("span", { class: "value-number" }, normalised(store, row))));
  }

  label(row) {
    const { store } = this.app;
    const date = store.dateRow[row] === NONE ? null : whenWords(store, store.dateRow[row]);
    const place = store.placeRow[row] === NONE ? null : store.get(store.placeRow[row], "name");
    const parts = { item: [place, date], place: [store.get(row, "item"), date], year: [store.get(row, "item"), place] }[this.by];
    return parts.filter(Boolean).join(", ") || store.get(row, "subject") || titleOf(store.document(row));
  }
}

function scaleOf(values) {
  const sizes = values.map(Math.abs).filter((value) => value > 0);
  const most = Math.max(...sizes, 0);
  const least = Math.min(...sizes, most);
  const log = most / least > LOG_FROM;
  const share = (value) => {
    const held = Math.abs(value);
    if (!held || !most) return 0;
    return log ? 4 + (96 * Math.log(held / least)) / Math.log(most / least) : (100 * held) / most;
  };
  return { most, log, share };
}
