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

function nameOf(store, row, by) {
  if (by === "item") return store.get(row, "item")?.toLowerCase() ?? null;
  if (by === "year") return Number.isNaN(store.fromDay[row]) ? null : String(Math.floor(store.fromDay[row] / DAYS_A_YEAR));
  return store.placeRow[row] === NONE ? null : store.get(store.placeRow[row], "name");
}

/** Quantities that share name, type, unit and rate: groups of two and more, largest first. */
export function groupsOf(store, rows, by) {
  const groups = new Map();
  for (const row of rows) {
    if (!store.isQuantity(row) || size(store, row) === null) continue;
    const name = nameOf(store, row, by);
    if (name === null) continue;
    const parts = [name, store.type(row), store.get(row, "unit"), store.get(row, "per")];
    const key = parts.join("\u0000");
    if (!groups.has(key)) groups.set(key, { name, type: parts[1], unit: parts[2], per: parts[3], rows: [] });
    groups.get(key).rows.push(row);
  }
  return [...groups.values()].filter((group) => group.rows.length > 1)
    .sort((a, b) => b.rows.length - a.rows.length || a.name.localeCompare(b.name));
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
    const same = (group) => this.chosen && ["name", "type", "unit", "per"].every((part) => group[part] === this.chosen[part]);
    this.chosen = this.groups.find(same) ?? this.groups[0] ?? null;
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
