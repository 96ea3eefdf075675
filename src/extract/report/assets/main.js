// Puts the page together: what is open, chosen and filtered, and who is told when that changes.

import { button, byId, clear, el, remember, remembered } from "./dom.js";
import { Store } from "./store.js";
import { Filtering, isFiltered, noFilter } from "./filter.js";
import { Toolbar } from "./toolbar.js";
import { Documents, position } from "./documents.js";
import { ArticleView } from "./article.js";
import { Cards } from "./cards.js";
import { TableView } from "./table.js";
import { MapView } from "./map.js";
import { TimelineView } from "./timeline.js";
import { ChartsView } from "./charts.js";
import { Review } from "./review.js";

const THEMES = ["auto", "light", "dark"];
const VIEWS = { articles: "Articles", table: "Table", map: "Map", timeline: "Timeline", charts: "Charts" };
const KEYS = [
  ["j  k", "next, previous fact"], ["n  p", "next, previous document"], ["/", "search"], ["1 … 5", "views"],
  ["t", "light or dark"], ["Esc", "leave the search, close a dialog"],
];

class App {
  constructor(store) {
    Object.assign(this, { store, filter: noFilter(), filtered: false, doc: null, active: null, pointed: null,
      selectedIn: null, view: null, selection: null, listeners: new Map(), reviewing: document.documentElement.dataset.mode === "review" });
    this.motion = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    this.filtering = new Filtering(store);
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  tell(event) {
    for (const listener of this.listeners.get(event) ?? []) listener();
  }

  async start() {
    if (this.reviewing) this.review = await Review.start(this);
    this.build();
    this.applyFilter();
    const asked = new URLSearchParams(location.hash.slice(1));
    this.show(asked.has("fact") ? "articles" : asked.get("view") ?? "articles");
    await this.follow(asked);
    if (this.doc === null && this.store.documents.length) await this.open(0);
    addEventListener("hashchange", () => this.follow());
    performance.mark("ready");
    document.documentElement.dataset.ready = "true";
    setTimeout(() => this.filtering.warm(), 200);
  }

  build() {
    this.documents = new Documents(this);
    this.article = new ArticleView(this);
    this.cards = new Cards(this);
    this.toolbar = new Toolbar(this);
    this.views = { table: new TableView(this), map: new MapView(this), timeline: new TimelineView(this), charts: new ChartsView(this) };
    this.nodes = { articles: this.reading(), ...Object.fromEntries(Object.entries(this.views).map(([name, view]) => [name, view.node])) };
    this.tabs = Object.entries(VIEWS).map(([name, label]) => button(label, { role: "tab", id: `tab-${name}`, class: "tab",
      "aria-controls": `view-${name}`, click: () => this.show(name), keydown: (event) => this.tabKey(event) }));
    clear(byId("tabs"), ...this.tabs);
    for (const [name, node] of Object.entries(this.nodes)) {
      const panel = el("div", { id: `view-${name}`, class: "view", role: "tabpanel", "aria-labelledby": `tab-${name}`, hidden: true }, node);
      byId("main").append(panel);
    }
  }

  reading() {
    this.place = el("span", { class: "faint" });
    this.only = button("Only this", { class: "quiet push", id: "only", "aria-pressed": "false", title: "Show facts of this document alone",
      click: () => this.setFilter({ ...this.filter, document: this.filter.document === null ? this.doc : null }) });
    const step = (label, name, by) => button(label, { class: "quiet", "aria-label": name, title: name, click: () => this.documents.step(by) });
    const open = button("Documents", { class: "quiet only-narrow", click: () => this.documents.node.classList.toggle("opened") });
    return el("div", { class: "reading" }, this.documents.node,
      el("div", { class: "middle" },
        el("div", { class: "bar" }, open, step("‹", "Previous document (p)", -1), step("›", "Next document (n)", 1), this.place,
          this.only),
        this.article.node),
      this.cards.node);
  }

  /** Take a filter; with a view, go there. */
  setFilter(filter, view) {
    this.filter = filter;
    this.applyFilter();
    if (view) this.show(view);
  }

  applyFilter() {
    this.filtered = isFiltered(this.filter);
    const { rows, counts } = this.filtering.apply(this.filter, (row) => this.review?.decision(row) ?? "open",
      (row) => this.review?.notes.has(row) ?? false);
    Object.assign(this, { rows, counts, passing: null });
    this.tell("filter");
    this.refresh();
  }

  /** Whether a fact passes the filter. */
  matches(row) {
    if (!this.filtered) return true;
    if (!this.passing) {
      this.passing = new Uint8Array(this.store.rows);
      for (const each of this.rows) this.passing[each] = 1;
    }
    return this.passing[row] === 1;
  }

  refresh() {
    if (this.view === "articles") this.refreshReading();
    else if (this.view) this.views[this.view].update();
  }

  refreshReading() {
    this.documents.update();
    this.only.setAttribute("aria-pressed", String(this.filter.document !== null));
    const { shown, counts } = this.documents;
    const best = this.doc !== null && (counts[this.doc] || !this.filtered) ? this.doc : shown.find((doc) => counts[doc]) ?? this.doc;
    if (best !== null && best !== undefined) this.open(best);
  }

  show(name) {
    const view = VIEWS[name] ? name : "articles";
    this.view = view;
    for (const tab of this.tabs) {
      const chosen = tab.id === `tab-${view}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const key of Object.keys(VIEWS)) byId(`view-${key}`).hidden = key !== view;
    document.body.dataset.view = view;
    this.refresh();
    this.address();
  }

  tabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = this.tabs.at((this.tabs.indexOf(event.target) + step) % this.tabs.length);
    next.focus();
    next.click();
  }

  async open(doc) {
    if (this.doc !== doc) {
      this.active = null;
      this.selection = null;
      this.article.node.scrollTop = 0;
      this.cards.node.scrollTop = 0;
    }
    this.doc = doc;
    this.tell("document");
    this.place.textContent = this.documents.shown ? position(this) : "";
    this.cards.show(doc);
    await this.article.show(doc);
  }

  /** Choose a fact of the open document; `where` says from which side, which then does not scroll. */
  select(row, where) {
    this.active = row;
    this.selectedIn = where;
    if (row !== null && this.cards.reach(row)) this.cards.draw();
    this.tell("select");
    this.address();
  }

  point(row) {
    if (row === this.pointed) return;
    this.pointed = row;
    this.tell("point");
  }

  /** Open a fact's article and choose it. */
  async go(row) {
    if (!this.matches(row)) this.setFilter(noFilter());
    this.doc = this.store.documentOf[row];
    this.active = null;
    this.show("articles");
    await this.open(this.store.documentOf[row]);
    this.select(row, "link");
  }

  /** Open what the address names: #fact=ID or #view=NAME. */
  async follow(asked = new URLSearchParams(location.hash.slice(1))) {
    if (asked.has("fact")) {
      const row = await this.store.rowOf(asked.get("fact"));
      if (row >= 0 && row !== this.active) await this.go(row);
      if (row < 0) byId("summary").textContent = `There is no fact ${asked.get("fact")} in this page.`;
    } else if (asked.has("view") && asked.get("view") !== this.view) this.show(asked.get("view"));
  }

  async address() {
    const { active, view } = this;
    const ids = active !== null && view === "articles" ? await this.store.ids() : null;
    if (this.active !== active || this.view !== view) return;
    const hash = ids ? `#fact=${encodeURIComponent(ids[active])}` : view === "articles" ? "" : `#view=${view}`;
    history.replaceState(null, "", hash || location.pathname + location.search);
  }

  /** The fact after or before the chosen one. */
  step(by) {
    const { rows } = this.cards;
    const at = rows.indexOf(this.active);
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    if (next !== undefined) this.select(next, "keys");
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.matches("input")) return event.target.blur();
    if (event.target.matches("input, select, textarea, dialog *")) return;
    const act = this.keys()[event.key] ?? this.review?.keys()[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  keys() {
    const views = Object.keys(VIEWS).map((name, i) => [String(i + 1), () => this.show(name)]);
    const reading = this.view === "articles" ? {
      j: () => this.step(1), k: () => this.step(-1), n: () => this.documents.step(1), p: () => this.documents.step(-1),
    } : {};
    return { ...Object.fromEntries(views), ...reading, "/": () => byId("search").focus(), t: nextTheme, "?": () => showKeys(this) };
  }
}

function nextTheme() {
  const now = document.documentElement.dataset.theme ?? "auto";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = { auto: "Auto", light: "Light", dark: "Dark" }[theme];
  byId("theme").setAttribute("aria-label", `Colours: ${theme}`);
  remember("newsfacts-theme", theme);
}

function showKeys(app) {
  const dialog = byId("dialog");
  const keys = [...KEYS, ...(app.review?.help() ?? [])];
  clear(dialog, el("h2", { id: "dialog-title" }, "Keys"),
    el("dl", { class: "keys" }, ...keys.flatMap(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)])),
    button("Close", { class: "quiet", click: () => dialog.close() }));
  dialog.showModal();
}

async function start() {
  const store = await Store.load();
  const app = new App(store);
  byId("help").addEventListener("click", () => showKeys(app));
  addEventListener("keydown", (event) => app.key(event));
  await app.start();
}

setTheme(remembered("newsfacts-theme", "auto"));
byId("theme").addEventListener("click", nextTheme);
document.addEventListener("DOMContentLoaded", () => {
  start().catch((error) => {
    byId("summary").textContent = `The page could not be shown: ${error.message}`;
    throw error;
  });
});
