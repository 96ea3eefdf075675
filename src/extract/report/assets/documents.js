// The list of documents that hold matching facts.

import { button, clear, el } from "./dom.js";
import { LongList, gap } from "./list.js";
import { number, several, titleOf } from "./words.js";

const HEIGHT = 62;

export class Documents {
  constructor(app) {
    this.app = app;
    this.list = el("ul", { class: "documents-list" });
    this.scroller = el("div", { class: "scroll" }, this.list);
    this.head = el("h2", { class: "pane-title" });
    this.node = el("nav", { class: "documents", "aria-label": "Documents", id: "documents" }, this.head,
      this.scroller, this.errors());
    this.rows = new LongList(this.scroller, this.list, HEIGHT, (index) => this.draw(index), gap("li"));
    app.on("document", () => this.mark());
  }

  errors() {
    const { errors } = this.app.store;
    if (!errors.length) return null;
    return el("details", { class: "errors" }, el("summary", {}, `${several(errors.length, "document")} not read`),
      el("ul", {}, ...errors.slice(0, 200).map((error) => el("li", {}, el("b", {}, error.path), ` ${error.message}`))));
  }

  update() {
    this.counts = new Uint32Array(this.app.store.documents.length);
    for (const row of this.app.rows) this.counts[this.app.store.documentOf[row]]++;
    const all = !this.app.filtered;
    this.shown = [...this.counts.keys()].filter((doc) => all || this.counts[doc] || doc === this.app.doc);
    this.head.textContent = several(this.shown.length, "document");
    this.rows.reset(this.shown.length);
    this.mark();
  }

  draw(index) {
    const doc = this.shown[index];
    const { store } = this.app;
    const document = store.documents[doc];
    const facts = several(this.counts[doc], "fact");
    return el("li", { "aria-setsize": this.shown.length, "aria-posinset": index + 1 },
      button("", { class: "document", title: titleOf(document), "data-doc": doc,
        "aria-current": doc === this.app.doc ? "true" : null, click: () => this.choose(doc) },
      el("span", { class: "document-title" }, titleOf(document)),
      el("span", { class: "document-about" }, document.published ?? "no date", " · ", facts)));
  }

  choose(doc) {
    this.node.classList.remove("opened");
    this.app.open(doc);
  }

  mark() {
    const index = this.shown?.indexOf(this.app.doc) ?? -1;
    if (index >= 0) this.rows.reveal(index);
    this.rows.refresh(true);
  }

  /** The document before or after the open one. */
  step(by) {
    const next = this.shown[this.shown.indexOf(this.app.doc) + by];
    if (next !== undefined) this.app.open(next);
  }
}

export function position(app) {
  const { shown } = app.documents;
  return shown.length ? `${number(shown.indexOf(app.doc) + 1)} of ${number(shown.length)}` : "";
}
