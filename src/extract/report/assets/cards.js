// The facts of the open document as cards.

import { afterPause, button, clear, el } from "./dom.js";
import { changeWords, normalised, placeKind, placeWords, several, titleOf, TYPE_NAMES, whenWords } from "./words.js";

/** So many facts are drawn at once; of a longer document those around the chosen one. */
const DRAWN = 250;
const BEFORE = 40;
/** Fields of a quantity that the head or the foot of a card has, or another field of it. */
const ELSEWHERE = new Set(["id", "doc_id", "published", "text", "section", "rule", "confidence", "type", "value", "low",
  "high", "modifier", "unit", "per", "place_inherited", "timex3"]);
const LABELS = { subject_resolved: "that is", predicate: "verb", time: "when", place: "where" };

export class Cards {
  constructor(app) {
    this.app = app;
    this.list = el("ol", { class: "cards" });
    this.head = el("h2", { class: "pane-title" });
    this.node = el("section", { class: "facts scroll", "aria-label": "Facts", tabindex: 0 }, this.head, this.list);
    this.list.addEventListener("pointerover", (event) => app.point(rowOf(event.target)));
    this.list.addEventListener("pointerleave", () => app.point(null));
    this.list.addEventListener("focusin", (event) => app.point(rowOf(event.target)));
    app.on("select", () => this.mark());
    app.on("point", () => this.link());
    app.on("decisions", () => this.refresh());
    this.refresh = afterPause(0, () => this.show(this.app.doc));
  }

  show(doc) {
    const { store } = this.app;
    this.rows = store.rowsOf(doc).filter((row) => this.app.matches(row));
    const all = store.firstRows[doc + 1] - store.firstRows[doc];
    this.head.textContent = this.rows.length === all ? several(all, "fact")
      : `${this.rows.length} of ${several(all, "fact")}`;
    this.from = 0;
    this.to = DRAWN;
    this.reach(this.app.active);
    this.draw();
  }

  /** Move what is drawn to a fact that is not; true where that was so. */
  reach(row) {
    const index = this.rows.indexOf(row);
    if (index < 0 || (index >= this.from && index < this.to)) return false;
    this.from = Math.max(0, index - BEFORE);
    this.to = this.from + DRAWN;
    return true;
  }

  draw() {
    const scroll = this.node.scrollTop;
    const added = this.app.review?.addedCards(this.app.doc) ?? [];
    clear(this.list, ...added, this.more(-DRAWN, this.from, "earlier"),
      ...this.rows.slice(this.from, this.to).map((row) => this.card(row)), this.more(DRAWN, this.rows.length - this.to, "later"));
    if (!this.rows.length) this.list.append(el("li", { class: "empty" }, this.emptyText()));
    this.node.scrollTop = scroll;
    this.mark();
  }

  /** A button for the facts before or after those drawn, where there are any. */
  more(by, count, where) {
    return count <= 0 ? "" : el("li", {}, button(`Show ${where} facts (${count} more)`, { class: "quiet", click: () => {
      if (by > 0) this.to += by;
      else this.from = Math.max(0, this.from + by);
      this.draw();
    } }));
  }

  emptyText() {
    return this.app.filtered ? `No fact of “${titleOf(this.app.store.documents[this.app.doc])}” passes the filters.`
      : "No facts were found in this document.";
  }

  card(row) {
    const { store } = this.app;
    const type = store.type(row);
    const decision = this.app.review?.decision(row);
    return el("li", { class: `card type-${type}${decision ? ` is-${decision}` : ""}`, "data-row": row, id: `card-${row}` },
      button("", { class: "card-head", click: () => this.app.select(row, "cards") },
        el("span", { class: "tag" }, TYPE_NAMES[type]),
        el("span", { class: "raw" }, store.get(row, "text")),
        el("span", { class: "arrow", "aria-label": "means" }, "→"),
        el("span", { class: "value" }, this.app.review?.value(row) ?? normalised(store, row))),
      this.app.review?.notes.has(row) ? el("p", { class: "note" }, this.app.review.notes.get(row)) : null,
      decision ? el("p", { class: "decision" }, this.app.review.words(row)) : null,
      el("dl", { class: "details" }, ...this.details(row)),
      el("p", { class: "foot" }, ...this.foot(row)),
      this.app.review ? this.app.review.buttons(row) : null);
  }

  details(row) {
    const { store } = this.app;
    if (store.type(row) === "place") return [];
    if (store.type(row) === "date") return this.dateDetails(row);
    return pairs(store.fields.quantity.filter((name) => !ELSEWHERE.has(name) && store.kinds.get(name) !== "offset")
      .map((name) => [LABELS[name] ?? name.replaceAll("_", " "), this.detail(row, name)]));
  }

  /** What a field of a quantity says, for a reader. */
  detail(row, name) {
    const { store } = this.app;
    if (name === "change") return changeWords(store.change(row));
    if (name === "time") return this.link_(row, name, whenWords);
    if (name === "place") return this.where(row);
    const value = store.get(row, name);
    if (name === "status") return value === "actual" ? null : value;
    return store.kinds.get(name) === "fact" ? this.link_(row, name, normalised) : value;
  }

  dateDetails(row) {
    const { store } = this.app;
    const [from, to] = [store.get(row, "date_start"), store.get(row, "date_end")];
    return pairs([
      ["relation", store.get(row, "relation")], ["part", store.get(row, "part") ?? store.get(row, "part_of_day")],
      ["days", from || to ? `${from ?? "…"} to ${to ?? "…"}` : null], ["TIMEX3", store.get(row, "timex3")],
    ]);
  }

  where(row) {
    const inherited = this.app.store.get(row, "place_inherited");
    const place = this.link_(row, "place", placeWords);
    return place && inherited ? [place, el("span", { class: "faint" }, " (from context)")] : place;
  }

  /** A link to the fact that a field names. */
  link_(row, field, words) {
    const target = this.app.store.get(row, field);
    return target === null ? null
      : button(words(this.app.store, target), { class: "link", click: () => this.app.select(target, "link") });
  }

  foot(row) {
    const { store } = this.app;
    const confidence = store.get(row, "confidence");
    const status = store.isQuantity(row) ? store.get(row, "status") : null;
    const prefecture = store.get(row, "admin2");
    return [
      store.type(row) === "place" ? el("span", {}, placeKind(store.get(row, "kind")) + (prefecture ? ` in ${prefecture}` : "")) : null,
      status ? el("span", { class: `status status-${status}` }, status) : null,
      el("span", { class: "rule" }, store.get(row, "rule")),
      el("span", { class: `confidence${confidence < 0.6 ? " low" : ""}`, title: "Confidence" }, confidence.toFixed(2)),
      el("span", { class: "faint" }, store.get(row, "section")),
    ];
  }

  mark() {
    for (const card of this.list.querySelectorAll(".card.active")) this.unmark(card);
    const card = this.card_(this.app.active);
    if (!card) return;
    card.classList.add("active");
    card.querySelector(".card-head").setAttribute("aria-current", "true");
    if (this.app.selectedIn !== "cards") this.scrollTo(card);
  }

  scrollTo(card) {
    const { scrollTop, clientHeight } = this.node;
    const top = card.offsetTop;
    if (top < scrollTop + 40 || top + card.offsetHeight > scrollTop + clientHeight)
      this.node.scrollTo({ top: Math.max(0, top - clientHeight / 4), behavior: this.app.motion });
  }

  unmark(card) {
    card.classList.remove("active");
    card.querySelector(".card-head").removeAttribute("aria-current");
  }

  card_(row) {
    return row === null ? null : document.getElementById(`card-${row}`);
  }

  link() {
    for (const card of this.list.querySelectorAll(".card.linked")) card.classList.remove("linked");
    this.card_(this.app.pointed)?.classList.add("linked");
  }
}

function pairs(entries) {
  return entries.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...[value].flat())));
}

function rowOf(target) {
  const card = target.closest?.(".card");
  return card ? Number(card.dataset.row) : null;
}
