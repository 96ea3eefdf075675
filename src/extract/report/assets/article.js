// The article with its facts marked. Facts that overlap are underlined one below the other.

import { clear, el } from "./dom.js";
import { NONE } from "./store.js";
import { normalised, titleOf, TYPE_NAMES } from "./words.js";

const LANES = 4;
/** Of longer texts (characters) only the paragraphs in sight are laid out, at the price of a rough scroll bar. */
const LONG = 60_000;
/** Parts of the chosen fact that are marked too, and where their span is. */
const PARTS = [["item", "item"], ["subject", "subject"], ["source", "source"]];

/** Facts to lanes: the first free one, so that facts that share text lie in different ones. */
export function lanesOf(spans) {
  const ends = [];
  return spans.map(({ start, end }) => {
    let lane = ends.findIndex((taken) => taken <= start);
    if (lane < 0) lane = ends.length < LANES ? ends.length : LANES - 1;
    ends[lane] = end;
    return lane;
  });
}

/** Cut [start, end) where a span begins or ends; each piece knows the spans over it. Spans are sorted by start. */
export function pieces(start, end, spans) {
  const cuts = new Set([start, end]);
  for (const span of spans) {
    if (span.start > start && span.start < end) cuts.add(span.start);
    if (span.end > start && span.end < end) cuts.add(span.end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  let next = 0;
  let over = [];
  return sorted.slice(0, -1).map((from, i) => {
    over = over.filter((span) => span.end > from);
    for (; next < spans.length && spans[next].start <= from; next++) if (spans[next].end > from) over.push(spans[next]);
    return { start: from, end: sorted[i + 1], over };
  });
}

export class ArticleView {
  constructor(app) {
    this.app = app;
    this.body = el("div", { class: "text", id: "article-text" });
    this.node = el("article", { class: "article scroll", tabindex: 0, "aria-label": "Article" }, this.body);
    this.nodes = [];
    this.body.addEventListener("click", (event) => this.clicked(event));
    this.body.addEventListener("pointerover", (event) => this.pointed(event));
    this.body.addEventListener("pointerleave", () => app.point(null));
    document.addEventListener("selectionchange", () => this.selected());
    app.on("select", () => this.mark());
    app.on("point", () => this.link());
  }

  async show(doc) {
    const article = await this.app.store.article(doc);
    if (doc !== this.app.doc) return;
    this.article = article;
    this.spans = this.spansOf(doc);
    this.nodes = [];
    const lines = article ? this.paragraphs(article) : this.fragments();
    this.body.classList.toggle("long", (article?.length ?? 0) > LONG);
    clear(this.body, this.head(doc, article), ...lines);
    this.mark();
  }

  spansOf(doc) {
    const { store } = this.app;
    const rows = store.rowsOf(doc).filter((row) => this.app.matches(row));
    const spans = rows.map((row) => ({ row, start: store.get(row, "start"), end: store.get(row, "end") }));
    const lanes = lanesOf(spans);
    spans.forEach((span, i) => { span.lane = lanes[i]; });
    return spans;
  }

  head(doc, article) {
    const document = this.app.store.documents[doc];
    const about = [document.published, document.path ?? document.id].filter(Boolean).join(" · ");
    return el("header", { class: "article-head" },
      article && document.title ? null : el("h2", {}, titleOf(document)),
      el("p", { class: "about" }, about),
      document.url ? el("p", { class: "about" }, document.url) : null,
      article ? null : el("p", { class: "notice" },
        "The text is not in this page; what the facts quote of each sentence is shown instead."));
  }

  paragraphs(article) {
    const { title } = this.app.store.documents[this.app.doc];
    const found = [];
    let start = 0;
    let titled = false;
    let next = 0;
    let open = [];
    for (const line of article.text.split("\n")) {
      const end = start + (article.points ? Array.from(line).length : line.length);
      // Both lines and spans are sorted: those of a line begin where the last line's end, but for spans that go on.
      while (next < this.spans.length && this.spans[next].start < end) open.push(this.spans[next++]);
      if (line.trim()) {
        const isTitle = !titled && title && line.trim() === title.trim();
        titled ||= Boolean(isTitle);
        found.push(el(isTitle ? "h2" : "p", {}, ...this.inline(start, end, open)));
      }
      open = open.filter((span) => span.end > end);
      start = end + 1;
    }
    return found;
  }

  inline(start, end, spans) {
    return pieces(start, end, spans).map((piece) => this.piece(piece, this.article.slice(piece.start, piece.end)));
  }

  piece({ start, end, over }, words) {
    const text = document.createTextNode(words);
    this.nodes.push({ start, end, text });
    return over.length ? this.hit(over, text) : text;
  }

  hit(over, text) {
    const { store } = this.app;
    const own = over.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const labels = over.map((span) => TYPE_NAMES[store.type(span.row)]);
    const node = el("mark", { class: `hit type-${store.type(own.row)} lanes-${Math.max(...over.map((s) => s.lane)) + 1}`,
      "data-rows": over.map((span) => span.row).join(" "), title: `${labels.join(" + ")}: ${normalised(store, own.row)}` },
    text);
    for (const span of over) node.style.setProperty(`--lane-${span.lane}`, `var(--${store.type(span.row)})`);
    return node;
  }

  /** Without a text: each sentence as far as facts quote it. */
  fragments() {
    const { store } = this.app;
    const sentences = Map.groupBy
      ? Map.groupBy(this.spans, (span) => store.get(span.row, "sentence_start"))
      : this.spans.reduce((found, span) => {
        const start = store.get(span.row, "sentence_start");
        return found.set(start, [...(found.get(start) ?? []), span]);
      }, new Map());
    return [...sentences.values()].map((spans) => el("p", { class: "fragment" },
      ...this.runs(spans).flatMap((run) => [" … ", ...this.run(run, spans)]), " …"));
  }

  /** The stretches of a sentence that facts quote, in order and without repetition. */
  runs(spans) {
    const quotes = spans.flatMap((span) => this.quotes(span)).sort((a, b) => a.start - b.start);
    const runs = [];
    for (const quote of quotes) {
      const last = runs.at(-1);
      if (!last || quote.start > last.end) runs.push({ ...quote });
      else if (quote.end > last.end) {
        last.points = last.points.concat(quote.points.slice(last.end - quote.start));
        last.end = quote.end;
      }
    }
    return runs;
  }

  quotes({ row, start, end }) {
    const { store } = this.app;
    const parts = store.isQuantity(row) ? PARTS.map(([part, name]) => ({
      start: store.get(row, `${part}_start`), end: store.get(row, `${part}_end`), points: Array.from(store.get(row, name) ?? "") })) : [];
    const own = { start, end, points: Array.from(store.get(row, "text")) };
    return [own, ...parts].filter((quote) => quote.start !== null && quote.points.length === quote.end - quote.start);
  }

  run({ start, end, points }, spans) {
    return pieces(start, end, spans.filter((span) => span.start < end && span.end > start))
      .map((piece) => this.piece(piece, points.slice(piece.start - start, piece.end - start).join("")));
  }

  /** Keep the last span of the article that was selected, for the form. */
  selected() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const [start, end] = [this.offsetOf(range.startContainer, range.startOffset), this.offsetOf(range.endContainer, range.endOffset)];
    if (start !== null && end !== null && start < end) this.app.selection = [start, end];
  }

  offsetOf(container, units) {
    const node = this.nodes.find((other) => other.text === container);
    return node ? node.start + Array.from(container.data.slice(0, units)).length : null;
  }

  rowsAt(target) {
    const hit = target.closest?.(".hit");
    return hit ? hit.dataset.rows.split(" ").map(Number) : [];
  }

  /** A click chooses the shortest fact there; the next click the one around it. */
  clicked(event) {
    const rows = this.rowsAt(event.target);
    if (!rows.length) return;
    const { store, active } = this.app;
    const length = (row) => store.get(row, "end") - store.get(row, "start");
    rows.sort((a, b) => length(a) - length(b));
    this.app.select(rows[(rows.indexOf(active) + 1) % rows.length], "article");
  }

  pointed(event) {
    this.app.point(this.rowsAt(event.target)[0] ?? null);
  }

  hits(row) {
    return this.body.querySelectorAll(`.hit[data-rows~="${row}"]`);
  }

  mark() {
    for (const hit of this.body.querySelectorAll(".hit.active")) hit.classList.remove("active");
    const { active } = this.app;
    this.markParts();
    if (active === null) return;
    const hits = this.hits(active);
    for (const hit of hits) hit.classList.add("active");
    if (this.app.selectedIn !== "article") hits[0]?.scrollIntoView({ block: "center", behavior: this.app.motion });
  }

  link() {
    for (const hit of this.body.querySelectorAll(".hit.linked")) hit.classList.remove("linked");
    if (this.app.pointed !== null) for (const hit of this.hits(this.app.pointed)) hit.classList.add("linked");
  }

  /** Item, subject and source of the chosen fact, where the browser can mark text without elements. */
  markParts() {
    if (!globalThis.CSS?.highlights || !globalThis.Highlight) return;
    const { store, active } = this.app;
    for (const [part] of PARTS) {
      const start = active === null || !store.isQuantity(active) ? null : store.get(active, `${part}_start`);
      const ranges = start === null ? [] : this.ranges(start, store.get(active, `${part}_end`));
      CSS.highlights.set(part, new Highlight(...ranges));
    }
  }

  ranges(start, end) {
    if (start === NONE) return [];
    const touched = this.nodes.filter((node) => node.start < end && node.end > start);
    return touched.map((node) => {
      const range = new Range();
      range.setStart(node.text, unitsBefore(node.text.data, start - node.start));
      range.setEnd(node.text, unitsBefore(node.text.data, end - node.start));
      return range;
    });
  }
}

/** How many UTF-16 units so many code points take. */
function unitsBefore(text, points) {
  if (points <= 0) return 0;
  if (!/[\ud800-\udfff]/.test(text)) return Math.min(points, text.length);
  return Array.from(text).slice(0, points).join("").length;
}
