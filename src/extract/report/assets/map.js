// Facts by place: circles on countries and China's provinces, beside a list that says the same in words.

import { button, clear, el, svg } from "./dom.js";
import { NONE, unpackedJson } from "./store.js";
import { number, placeKind, several } from "./words.js";

const PARTS = 50;
const TOP = 84;
const LABELS = 24;
const LISTED = 300;
/** Share of the facts, on each side, that the first view may leave out. */
const OUTERMOST = 0.04;
const LEAST_WIDTH = 1.5;

/** Mercator, in degrees of longitude; y grows downwards. */
export function project(lon, lat) {
  const held = Math.max(-TOP, Math.min(TOP, lat));
  return [lon, (-180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (held * Math.PI) / 360))];
}

function path(lines, end) {
  return lines.map((ring) => {
    let [x, y] = ring;
    let line = "";
    for (let i = 0; i < ring.length; i += 2) {
      if (i) [x, y] = [x + ring[i], y + ring[i + 1]];
      const [px, py] = project(x / PARTS, y / PARTS);
      line += `${i ? "L" : "M"}${px.toFixed(2)} ${py.toFixed(2)}`;
    }
    return line + end;
  }).join("");
}

export class MapView {
  constructor(app) {
    this.app = app;
    this.shapes = svg("g", { class: "shapes" });
    this.points = svg("g", { class: "points" });
    this.labels = svg("g", { class: "labels" });
    this.drawing = svg("svg", { class: "map", role: "img", "aria-label": "Map of the facts; the list of places says the same" },
      this.shapes, this.points, this.labels);
    this.tip = el("p", { class: "tip", hidden: true });
    this.list = el("ol", { class: "places" });
    this.head = el("h2", { class: "pane-title" });
    const zoom = (label, name, act) => button(label, { class: "quiet", "aria-label": name, title: name, click: act });
    this.frame = el("div", { class: "map-frame" }, this.drawing, this.tip, el("div", { class: "map-tools" },
      zoom("+", "Zoom in", () => this.zoom(0.6)), zoom("−", "Zoom out", () => this.zoom(1 / 0.6)),
      zoom("Facts", "Show where most facts are", () => this.fit()), zoom("World", "Show the world", () => this.world())));
    this.node = el("section", { class: "map-view" }, this.frame,
      el("div", { class: "scroll places-pane", tabindex: 0, role: "region", "aria-label": "Places" }, this.head, this.list));
    this.box = { x: -180, y: -110, width: 360 };
    this.listen();
  }

  listen() {
    this.drawing.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.at(event));
    }, { passive: false });
    this.drawing.addEventListener("pointerdown", (event) => this.grab(event));
    this.drawing.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.drawing.addEventListener(end, () => { this.held = null; });
    this.points.addEventListener("click", (event) => this.choose(this.placeAt(event)));
    this.points.addEventListener("pointerover", (event) => this.tell(this.placeAt(event), event));
    this.points.addEventListener("pointerout", () => { this.tip.hidden = true; });
    new ResizeObserver(() => this.look()).observe(this.frame);
  }

  async update() {
    this.places = this.count();
    await this.drawShapes();
    this.drawList();
    this.drawPoints();
    const key = this.app.rows.length;
    if (this.fitted === undefined || this.fitted !== key) this.fit();
    this.fitted = key;
  }

  /** Places with a position: how many facts are there, and how many of them are quantities. */
  count() {
    const { store, rows } = this.app;
    const found = new Map();
    this.elsewhere = 0;
    for (const row of rows) {
      const place = store.placeRow[row];
      const lat = place === NONE ? null : store.get(place, "lat");
      if (lat === null) {
        if (place !== NONE) this.elsewhere++;
        continue;
      }
      const lon = store.get(place, "lon");
      const name = store.get(place, "name");
      const key = `${name} ${lat} ${lon}`;
      if (!found.has(key)) {
        const [x, y] = project(lon, lat);
        found.set(key, { name, x, y, kind: store.get(place, "kind"), facts: 0, quantities: 0,
          within: [store.get(place, "admin1"), store.get(place, "country")].filter((part) => part && part !== name).join(", ") });
      }
      const entry = found.get(key);
      entry.facts++;
      if (store.isQuantity(row)) entry.quantities++;
    }
    return [...found.values()].sort((a, b) => b.facts - a.facts || a.name.localeCompare(b.name));
  }

  async drawShapes() {
    if (this.drawn) return;
    this.drawn = true;
    const { countries, borders } = await unpackedJson("shapes");
    this.shapes.append(...countries.map(([name, rings]) => svg("path", { class: "country", d: path(rings, "Z"), "data-name": name })),
      svg("path", { class: "province", d: path(borders, "") }));
  }

  drawList() {
    this.head.textContent = several(this.places.length, "place");
    clear(this.list, ...this.places.slice(0, LISTED).map((place) => el("li", {},
      button("", { class: "place", click: () => this.choose(place) },
        el("span", { class: "place-name" }, place.name), el("span", { class: "faint" }, ` ${place.within || placeKind(place.kind)}`),
        el("span", { class: "amount" }, number(place.facts)),
        el("span", { class: "unseen" }, " facts")))));
    if (!this.places.length) this.list.append(el("li", { class: "empty" }, "No fact shown has a place."));
    if (this.places.length > LISTED)
      this.list.append(el("li", { class: "empty" }, `and ${number(this.places.length - LISTED)} more; filter to see them`));
  }

  drawPoints() {
    this.circles = this.places.map((place, i) => svg("circle", { cx: place.x, cy: place.y, "data-i": i,
      class: place.quantities ? "point" : "point named" }));
    // Small ones on top, so that every one can be reached.
    this.points.replaceChildren(...this.circles);
    this.look();
  }

  radius(place) {
    const most = this.places[0]?.facts ?? 1;
    return 4 + 15 * Math.sqrt(place.facts / Math.max(most, 6));
  }

  /** Draw for the part of the world in sight: circles and names keep their size. */
  look() {
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (!width || !height) return;
    this.box.height = (this.box.width * height) / width;
    const { x, y } = this.box;
    this.drawing.setAttribute("viewBox", `${x} ${y} ${this.box.width} ${this.box.height}`);
    const unit = this.box.width / width;
    this.unit = unit;
    this.circles?.forEach((circle, i) => circle.setAttribute("r", this.radius(this.places[i]) * unit));
    this.drawLabels(unit);
  }

  /** Names of the places with most facts, where they do not cover one another. */
  drawLabels(unit) {
    const taken = [];
    const names = [];
    for (const place of this.places ?? []) {
      if (names.length >= LABELS) break;
      if (!this.inSight(place)) continue;
      const left = place.x + (this.radius(place) + 3) * unit;
      const area = { left, right: left + place.name.length * 7.2 * unit, top: place.y - 8 * unit, bottom: place.y + 8 * unit };
      if (taken.some((other) => other.left < area.right && area.left < other.right && other.top < area.bottom && area.top < other.bottom)) continue;
      taken.push(area);
      names.push(svg("text", { x: left, y: place.y + 4 * unit, "font-size": 12 * unit, "stroke-width": 3 * unit }, place.name));
    }
    this.labels.replaceChildren(...names);
  }

  inSight({ x, y }) {
    const { box } = this;
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  }

  world() {
    this.show(-180, 180, -110, 60);
  }

  fit() {
    if (!this.places.length) return this.world();
    const [left, right] = this.middle("x");
    const [top, bottom] = this.middle("y");
    return this.show(left - 4, right + 4, top - 3, bottom + 3);
  }

  /** Where most facts lie on an axis: without the outermost on either side. */
  middle(axis) {
    const ordered = [...this.places].sort((a, b) => a[axis] - b[axis]);
    const out = OUTERMOST * ordered.reduce((sum, place) => sum + place.facts, 0);
    const edge = (places) => {
      let sum = 0;
      return places.find((place) => (sum += place.facts) > out)[axis];
    };
    return [edge(ordered), edge(ordered.toReversed())];
  }

  show(left, right, top, bottom) {
    const ratio = (this.frame.clientWidth || 3) / (this.frame.clientHeight || 2);
    const width = Math.min(400, Math.max(right - left, (bottom - top) * ratio, 8));
    this.box = { x: (left + right - width) / 2, y: (top + bottom - width / ratio) / 2, width };
    this.look();
  }

  /** Zoom about a point, or about the middle. */
  zoom(by, at = [this.box.x + this.box.width / 2, this.box.y + this.box.height / 2]) {
    const width = Math.max(LEAST_WIDTH, Math.min(400, this.box.width * by));
    const real = width / this.box.width;
    this.box = { x: at[0] - (at[0] - this.box.x) * real, y: at[1] - (at[1] - this.box.y) * real, width };
    this.look();
  }

  at(event) {
    const area = this.drawing.getBoundingClientRect();
    return [this.box.x + (event.clientX - area.left) * this.unit, this.box.y + (event.clientY - area.top) * this.unit];
  }

  grab(event) {
    this.held = { x: event.clientX, y: event.clientY, moved: false };
  }

  drag(event) {
    if (!this.held || !(event.buttons & 1)) return;
    const [dx, dy] = [event.clientX - this.held.x, event.clientY - this.held.y];
    if (!this.held.moved && Math.hypot(dx, dy) < 4) return;
    this.held = { x: event.clientX, y: event.clientY, moved: true };
    this.box = { ...this.box, x: this.box.x - dx * this.unit, y: this.box.y - dy * this.unit };
    this.look();
  }

  placeAt(event) {
    return this.places[Number(event.target.dataset?.i)] ?? null;
  }

  tell(place, event) {
    if (!place) return;
    const area = this.frame.getBoundingClientRect();
    this.tip.textContent = `${place.name}: ${several(place.facts, "fact")}, ${number(place.quantities)} of them quantities`;
    this.tip.hidden = false;
    this.tip.style.left = `${Math.min(event.clientX - area.left + 12, area.width - 220)}px`;
    this.tip.style.top = `${event.clientY - area.top + 12}px`;
  }

  choose(place) {
    if (place) this.app.setFilter({ ...this.app.filter, place: place.name }, "table");
  }
}
