// Review: accept, reject, correct. Every decision is sent at once; the page shows it when it is stored.

import { announce, button, byId, clear, el } from "./dom.js";
import { fieldNames, openForm } from "./form.js";
import { save } from "./download.js";
import { QUANTITIES, TYPES } from "./store.js";
import { number, several, TYPE_NAMES, unitWords } from "./words.js";

const DECIDED = { accept: "accepted", reject: "rejected", fix: "fixed" };
const KEYS = [["a", "accept the fact"], ["r", "reject it"], ["f", "correct it"], ["u", "undo the last decision"],
  ["+", "add a fact that was missed: select its words first"], ["A", "accept all open facts of the document"]];

function fieldWords(fields) {
  const shown = (value) => (value === null ? "none" : typeof value === "object" ? Object.values(value).join(" ") : value);
  return Object.entries(fields).map(([name, value]) => `${name}: ${shown(value)}`).join("; ");
}

export class Review {
  static async start(app) {
    const review = new Review(app);
    await review.load();
    review.draw();
    app.on("filter", () => review.tally());
    return review;
  }

  constructor(app) {
    this.app = app;
    this.token = new URLSearchParams(location.search).get("token") ?? "";
    this.decisions = new Map();
    this.added = new Map();
    this.notes = new Map();
  }

  async call(path, body) {
    const headers = { "X-Newsfacts-Token": this.token };
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.error ?? `the server answered ${answer.status}`);
    return content;
  }

  async load() {
    const [{ decisions }, { notes }, ids] = await Promise.all(
      [this.call("api/corrections"), this.call("api/notes"), this.app.store.ids()]);
    this.ids = ids;
    const rows = new Map(ids.map((id, row) => [id, row]));
    for (const [id, decision] of Object.entries(decisions))
      this.take(id, rows.get(id), decision);
    for (const [id, note] of Object.entries(notes))
      if (rows.has(id)) this.notes.set(rows.get(id), note);
  }

  /** Remember the decision that stands for a fact: of the page (row), or added in review. */
  take(id, row, decision) {
    if (row !== undefined && row >= 0) {
      if (decision) this.decisions.set(row, decision);
      else this.decisions.delete(row);
    } else if (decision?.action === "add") this.added.set(id, decision);
    else this.added.delete(id);
  }

  decision(row) {
    const found = this.decisions.get(row);
    return found ? DECIDED[found.action] : undefined;
  }

  /** The corrected value, where the correction has one. */
  value(row) {
    const fields = this.decisions.get(row)?.fields ?? {};
    if ("edtf" in fields) return fields.edtf ?? "not resolved";
    if ("name" in fields) return fields.name;
    if (!("value" in fields) && !("unit" in fields)) return null;
    const { store } = this.app;
    const value = "value" in fields ? fields.value : store.get(row, "value");
    return value === null ? null : number(value) + unitWords("unit" in fields ? fields.unit : store.get(row, "unit"));
  }

  words(row) {
    const { action, fields } = this.decisions.get(row);
    if (action !== "fix") return DECIDED[action];
    return `fixed: ${fieldWords(fields)}`;
  }

  draw() {
    this.count = el("span", { id: "review-count" });
    this.state = el("span", { class: "saved", role: "status", id: "saved" });
    clear(byId("reviewbar"), this.count, this.state,
      button("Undo (u)", { class: "quiet", id: "undo", click: () => this.undo() }),
      button("Add a missed fact (+)", { class: "quiet", id: "add", click: () => this.add() }),
      button("Accept the open ones (A)", { class: "quiet", id: "accept-all", click: () => this.acceptRest() }),
      button("Export gold", { class: "quiet", id: "export", click: () => this.export() }));
    byId("reviewbar").hidden = false;
    this.tally();
  }

  tally() {
    if (!this.count) return;
    this.count.textContent = `${number(this.decisions.size)} of ${several(this.app.store.rows, "fact")} decided`;
  }

  buttons(row) {
    const act = (name, label, key, run) => button(label, { class: "quiet decide", "data-act": name, "aria-keyshortcuts": key,
      "aria-pressed": String(this.decisions.get(row)?.action === name), click: run });
    return el("div", { class: "decide-bar" },
      act("accept", "Accept", "a", () => this.decide(row, "accept")), act("reject", "Reject", "r", () => this.decide(row, "reject")),
      act("fix", "Fix", "f", () => this.fix(row)));
  }

  keys() {
    if (this.app.view !== "articles") return {};
    const chosen = (act) => () => (this.app.active === null ? this.app.step(1) : act(this.app.active));
    return {
      a: chosen((row) => this.decideAndGoOn(row, "accept")), r: chosen((row) => this.decideAndGoOn(row, "reject")),
      f: chosen((row) => this.fix(row)), u: () => this.undo(), "+": () => this.add(), A: () => this.acceptRest(),
    };
  }

  help() {
    return KEYS;
  }

  async decideAndGoOn(row, action) {
    if (await this.decide(row, action)) this.app.step(1);
  }

  /** Store a decision; false where that failed, which is then shown. */
  async decide(row, action, fields) {
    return this.stored([{ fact_id: this.ids[row], action, ...(fields ? { fields } : {}) }], () => this.decisions.set(row, { action, fields: fields ?? {} }));
  }

  async stored(corrections, take) {
    this.state.textContent = "saving …";
    this.state.classList.remove("failed");
    try {
      await this.call("api/corrections", { corrections });
    } catch (error) {
      this.failed(error);
      return false;
    }
    take();
    this.changed("saved");
    return true;
  }

  failed(error) {
    this.state.textContent = `not saved: ${error.message}`;
    this.state.classList.add("failed");
  }

  changed(words) {
    this.state.textContent = words;
    this.tally();
    this.app.tell("decisions");
    announce(words);
  }

  async fix(row) {
    const before = this.decisions.get(row)?.fields ?? {};
    const record = { ...this.app.store.record(row, this.ids), ...before };
    const types = this.app.store.isQuantity(row) ? QUANTITIES : [record.type];
    const send = async (fields) => {
      const all = { ...before, ...fields };
      const action = Object.keys(all).length ? "fix" : "accept";
      await this.call("api/corrections", { corrections: [{ fact_id: this.ids[row], action, fields: all }] });
      this.decisions.set(row, { action, fields: all });
      this.changed("saved");
    };
    await openForm(this.app, { title: `Correct “${record.text}”`, row, record, types, send });
  }

  /** Add a fact that the run missed: the words selected in the article. */
  async add() {
    const { selection, article, store, doc } = this.app;
    if (!selection || !article.article) {
      this.failed(new Error("select the words of the fact in the article first"));
      return;
    }
    const [start, end] = selection;
    const words = article.article.slice(start, end);
    const value = /^[\d,.]*\d$/.test(words) ? Number(words.replaceAll(",", "")) : null;
    const record = { type: "count", value, modifier: "=", status: "actual", name: words, kind: "city", start, end };
    const send = (fields) => this.sendAdded({ ...record, ...fields }, store.documents[doc].id);
    await openForm(this.app, { title: `Add “${words}”`, row: null, record, types: TYPES, send });
  }

  async sendAdded({ type, ...values }, document) {
    const shown = new Set(fieldNames(this.app.store, type));
    const fields = Object.fromEntries(Object.entries(values).filter(([name, value]) => shown.has(name) && value !== null));
    const { added } = await this.call("api/corrections", { corrections: [{ action: "add", doc_id: document, type, fields }] });
    for (const [id, decision] of Object.entries(added)) this.take(id, undefined, decision);
    this.changed("saved");
  }

  /** Cards of the facts that were added to a document. */
  addedCards(doc) {
    const { id } = this.app.store.documents[doc];
    return [...this.added].filter(([, fact]) => fact.doc_id === id).map(([key, fact]) => el("li", { class: `card type-${fact.type} is-fixed` },
      el("p", {}, el("span", { class: "tag" }, TYPE_NAMES[fact.type]), " ", el("b", {}, fact.text)),
      el("p", { class: "decision" }, `added: ${fieldWords(fact.fields)}`),
      el("div", { class: "decide-bar" }, button("Remove", { class: "quiet decide", click: () => this.remove(key) }))));
  }

  async remove(id) {
    await this.stored([{ fact_id: id, action: "reject" }], () => this.added.delete(id));
  }

  async acceptRest() {
    const rows = this.app.store.rowsOf(this.app.doc).filter((row) => this.app.matches(row) && !this.decisions.has(row));
    if (!rows.length) return this.changed("nothing is open here");
    return this.stored(rows.map((row) => ({ fact_id: this.ids[row], action: "accept" })),
      () => rows.forEach((row) => this.decisions.set(row, { action: "accept", fields: {} })));
  }

  async undo() {
    try {
      const { undone } = await this.call("api/undo", {});
      for (const { fact_id: id, decision } of undone) this.undone(id, this.ids.indexOf(id), decision);
      this.changed(undone.length ? `undone: ${several(undone.length, "decision")}` : "nothing to undo");
    } catch (error) {
      this.failed(error);
    }
  }

  undone(id, row, decision) {
    this.take(id, row, decision);
    if (row >= 0 && this.app.store.documentOf[row] === this.app.doc) this.app.select(row, "keys");
  }

  async export() {
    try {
      const { gold, complete, partial } = await this.call("api/gold");
      save("gold.jsonl", "application/jsonl", gold);
      this.changed(`${several(complete, "document")} exported` + (partial ? `; ${several(partial, "document")} with open facts left out` : ""));
    } catch (error) {
      this.failed(error);
    }
  }
}

