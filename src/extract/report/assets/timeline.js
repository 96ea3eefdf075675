// Facts by the time for which they hold.

import { button, clear, el } from "./dom.js";
import { LongList, gap } from "./list.js";
import { normalised, several, TYPE_NAMES, whenWords } from "./words.js";

const DAYS_A_YEAR = 372;
const MOST_BINS = 90;
const STEPS = [31, DAYS_A_YEAR, 5 * DAYS_A_YEAR, 10 * DAYS_A_YEAR, 50 * DAYS_A_YEAR, 100 * DAYS_A_YEAR, 1000 * DAYS_A_YEAR];
const HEIGHT = 44;
const LABEL_WIDTH = 70;

/** Equal spans of time that hold all these days: at most MOST_BINS of the finest step that allows it. */
export function binsOf(days) {
  if (!days.length) return { step: STEPS[0], first: 0, counts: [] };
  let [low, high] = [Infinity, -Infinity];
  for (const day of days) {
    low = Math.min(low, day);
    high = Math.max(high, day);
  }
  const step = STEPS.find((size) => Math.floor(high / size) - Math.floor(low / size) < MOST_BINS) ?? STEPS.at(-1);
  const first = Math.floor(low / step);
  const counts = new Array(Math.floor(high / step) - first + 1).fill(0);
  for (const day of days) counts[Math.floor(day / step) - first]++;
  return { step, first, counts };
}

function yearOf(day) {
  return Math.floor(day / DAYS_A_YEAR);
}

/** First and last year or month of a bin, as the filter takes them. */
export function spanOf(step, bin) {
  const start = bin * step;
  if (step < DAYS_A_YEAR) {
    const month = `${yearOf(start)}-${String(Math.floor((start % DAYS_A_YEAR) / 31) + 1).padStart(2, "0")}`;
    return [month, month];
  }
  return [yearOf(start), yearOf(start + step - 1)].map((year) => String(year).padStart(4, "0"));
}

export class TimelineView {
  constructor(app) {
    this.app = app;
    this.bars = el("div", { class: "timeline", role: "group", "aria-label": "Facts by time" });
    this.head = el("h2", { class: "pane-title" });
    this.list = el("ol", { class: "moments" });
    this.scroller = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Facts in order of time" }, this.list);
    this.node = el("section", { class: "timeline-view" }, this.bars, this.head, this.scroller);
    this.rows = new LongList(this.scroller, this.list, HEIGHT, (index) => this.draw(index), gap("li"));
  }

  update() {
    const { store, rows } = this.app;
    this.shown = Array.from(rows).filter((row) => !Number.isNaN(store.fromDay[row]));
    this.shown.sort((a, b) => store.fromDay[a] - store.fromDay[b] || a - b);
    const bins = binsOf(this.shown.map((row) => store.fromDay[row]));
    this.drawBars(bins);
    this.head.textContent = `${several(this.shown.length, "fact")} with a time`;
    this.scroller.scrollTop = 0;
    this.rows.reset(this.shown.length);
  }

  drawBars({ step, first, counts }) {
    const most = Math.max(1, ...counts);
    const every = Math.max(1, Math.ceil(counts.length / Math.max(3, Math.floor(this.bars.clientWidth / LABEL_WIDTH))));
    const labelled = (i) => i % every === 0 && (counts.length < 3 || i <= counts.length - every / 2);
    clear(this.bars, ...counts.map((count, i) => this.bar(spanOf(step, first + i), count, most, labelled(i))));
    if (!counts.length) this.bars.append(el("p", { class: "empty" }, "No fact shown has a time on the calendar."));
  }

  bar([from, to], count, most, labelled) {
    const words = from === to ? from : `${from} to ${to}`;
    const fill = el("span", { class: "bar-fill" });
    fill.style.height = `${count ? Math.max(2, (100 * count) / most) : 0}%`;
    return button("", { class: "bin", title: `${words}: ${several(count, "fact")}`, disabled: count === 0,
      "aria-label": `${words}: ${several(count, "fact")}`, click: () => this.app.setFilter({ ...this.app.filter, from, to }) },
    el("span", { class: "bar-room" }, fill), el("span", { class: "bar-label", "aria-hidden": "true" }, labelled ? from : ""));
  }

  draw(index) {
    const row = this.shown[index];
    const { store } = this.app;
    const about = [store.get(row, "item"), store.placeRow[row] < store.rows && !this.isPlace(row)
      ? store.get(store.placeRow[row], "name") : null].filter(Boolean).join(" · ");
    return el("li", { class: `moment type-${store.type(row)}` }, button("", { class: "moment-button", click: () => this.app.go(row) },
      el("span", { class: "moment-when" }, whenWords(store, store.dateRow[row])),
      el("span", { class: "tag" }, TYPE_NAMES[store.type(row)]),
      el("span", { class: "moment-what" }, el("b", {}, store.type(row) === "date" ? store.get(row, "text") : normalised(store, row)),
        about ? ` ${about}` : "")));
  }

  isPlace(row) {
    return this.app.store.type(row) === "place";
  }
}
