// Search and filters. Every control writes one part of the filter and shows what it holds.

import { afterPause, announce, button, byId, clear, el } from "./dom.js";
import { STATUSES, TYPES } from "./store.js";
import { dayOf, isFiltered, noFilter } from "./filter.js";
import { TYPE_NAMES, number, several, titleOf } from "./words.js";

const DECISIONS = ["open", "accepted", "rejected", "fixed"];
const PLACES_OFFERED = 400;

function labelled(label, control) {
  return el("label", { class: "field" }, el("span", {}, label), control);
}

export class Toolbar {
  constructor(app) {
    this.app = app;
    this.types = TYPES.map((type) => this.typeChip(type));
    this.statuses = STATUSES.map((status) => this.chip("statuses", status, status));
    this.decisions = app.reviewing ? DECISIONS.map((name) => this.chip("decisions", name, name)) : [];
    this.doubted = app.review?.notes.size ? button("read otherwise", { class: "chip", id: "doubted", "aria-pressed": "false",
      title: "What a second reader reads otherwise", click: () => this.set({ doubted: !app.filter.doubted }) }) : null;
    this.words = this.input("words", { type: "search", placeholder: "Search facts", "aria-label": "Search facts",
      id: "search", autocomplete: "off", spellcheck: "false" });
    this.place = this.input("place", { type: "text", list: "places", placeholder: "any place", autocomplete: "off" });
    this.from = this.input("from", { type: "text", placeholder: "2020 or 2020-05", size: 12, inputmode: "numeric" });
    this.to = this.input("to", { type: "text", placeholder: "2023", size: 12, inputmode: "numeric" });
    this.confidence = el("input", { type: "range", min: 0, max: 1, step: 0.05, value: 0, id: "confidence",
      input: () => this.set({ confidence: Number(this.confidence.value) }) });
    this.level = el("output", { for: "confidence" }, "any");
    this.document = el("span", { class: "chips" });
    this.count = byId("summary");
    this.more = button("More filters", { class: "quiet", id: "more", "aria-expanded": "false", "aria-controls": "fields",
      click: () => this.unfold() });
    this.reset = button("Clear filters", { class: "quiet", id: "reset", click: () => app.setFilter(noFilter()) });
    this.draw();
    app.on("filter", () => this.update());
  }

  draw() {
    this.panel = el("div", { class: "fields", id: "fields", hidden: true },
      labelled("Place", this.place), el("datalist", { id: "places" }),
      labelled("From", this.from), labelled("To", this.to),
      labelled("Confidence at least", el("span", { class: "range" }, this.confidence, this.level)),
      el("div", { class: "field", role: "group", "aria-label": "Status" }, el("span", {}, "Status"),
        el("span", { class: "chips" }, ...this.statuses)),
      this.decisions.length ? el("div", { class: "field", role: "group", "aria-label": "Review" },
          el("span", {}, "Review"), el("span", { class: "chips" }, ...this.decisions, this.doubted)) : null);
    clear(byId("toolbar"),
      el("div", { class: "row" }, this.words, this.more, this.reset, this.document,
        el("div", { class: "chips types", role: "group", "aria-label": "Types" }, ...this.types)),
      this.panel);
  }

  unfold() {
    this.panel.hidden = !this.panel.hidden;
    this.more.setAttribute("aria-expanded", String(!this.panel.hidden));
    if (!this.offered) this.offerPlaces();
    this.offered = true;
  }

  input(name, attributes) {
    const change = afterPause(50, () => this.set({ [name]: node.value }));
    const node = el("input", { ...attributes, input: change });
    return node;
  }

  set(change) {
    this.app.setFilter({ ...this.app.filter, ...change });
  }

  chip(set, value, label) {
    return button(label, { class: "chip", "data-value": value, "aria-pressed": "false",
      click: () => this.toggle(set, value) });
  }

  typeChip(type) {
    const chip = this.chip("types", type, "");
    chip.classList.add(`type-${type}`);
    chip.append(el("span", { class: "dot", "aria-hidden": "true" }), TYPE_NAMES[type], " ",
      el("span", { class: "amount" }));
    return chip;
  }

  toggle(set, value) {
    const values = new Set(this.app.filter[set]);
    if (!values.delete(value)) values.add(value);
    this.set({ [set]: values });
  }

  /** Places and what they lie in, most frequent first. */
  offerPlaces() {
    const { store } = this.app;
    const counts = new Map();
    for (let row = 0; row < store.rows; row++) {
      if (store.type(row) !== "place") continue;
      for (const field of ["name", "admin1"]) {
        const name = store.get(row, field);
        if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    const names = [...counts].sort((a, b) => b[1] - a[1]).slice(0, PLACES_OFFERED).map(([name]) => name);
    clear(byId("places"), ...names.sort().map((name) => el("option", { value: name })));
  }

  update() {
    const { filter, counts, rows, store } = this.app;
    this.types.forEach((chip, i) => {
      chip.setAttribute("aria-pressed", String(filter.types.has(TYPES[i])));
      chip.querySelector(".amount").textContent = number(counts[i]);
      chip.classList.toggle("none", counts[i] === 0);
    });
    for (const chip of this.statuses) chip.setAttribute("aria-pressed", String(filter.statuses.has(chip.dataset.value)));
    for (const chip of this.decisions)
      chip.setAttribute("aria-pressed", String(filter.decisions.has(chip.dataset.value)));
    this.doubted?.setAttribute("aria-pressed", String(filter.doubted));
    for (const name of ["words", "place", "from", "to"])
      if (document.activeElement !== this[name]) this[name].value = filter[name];
    for (const name of ["from", "to"])
      this[name].setAttribute("aria-invalid", String(Boolean(filter[name]) && dayOf(filter[name], false) === null));
    this.confidence.value = String(filter.confidence);
    this.level.value = filter.confidence ? filter.confidence.toFixed(2) : "any";
    this.drawDocument(filter.document);
    this.reset.hidden = !isFiltered(filter);
    const shown = rows.length === store.rows
      ? `${several(rows.length, "fact")} in ${several(store.documents.length, "document")}`
      : `${number(rows.length)} of ${several(store.rows, "fact")}`;
    this.count.textContent = shown;
    announce(`${shown} shown`);
  }

  drawDocument(doc) {
    const { store } = this.app;
    clear(this.document, ...(doc === null ? [] : [button("", { class: "chip", "aria-pressed": "true",
      title: "Show all documents", click: () => this.set({ document: null }) },
    el("span", { class: "cut" }, titleOf(store.documents[doc])), " ×")]));
  }
}
