// The data: columns of numbers, a table of strings, and texts that are unpacked when they are opened.

export const NONE = 0xffffffff;
export const QUANTITIES = ["money", "count", "percent", "ratio", "measure", "duration", "rank"];
export const TYPES = [...QUANTITIES, "date", "place"];
export const STATUSES = ["actual", "planned", "possible", "negated"];

const KEPT_BLOCKS = 12;

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function unpacked(name) {
  const node = document.getElementById(`block-${name}`);
  if (!node) return null;
  const stream = new Blob([bytesOf(node.textContent)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function unpackedText(name) {
  const buffer = await unpacked(name);
  return buffer && new TextDecoder().decode(buffer);
}

export async function unpackedJson(name) {
  const text = await unpackedText(name);
  return text === null ? null : JSON.parse(text);
}

/** A day as a number that sorts as days do; null stays NaN. Years may have a sign. */
export function dayNumber(text) {
  const parts = /^(-?\d+)-(\d\d)-(\d\d)$/.exec(text ?? "");
  return parts ? Number(parts[1]) * 372 + (Number(parts[2]) - 1) * 31 + Number(parts[3]) - 1 : NaN;
}

/** An article's text by code points, which are what the facts' offsets count. */
class Article {
  constructor(text) {
    this.text = text;
    this.points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
    this.length = this.points ? this.points.length : text.length;
  }

  slice(start, end) {
    return this.points ? this.points.slice(start, end).join("") : this.text.slice(start, end);
  }
}

export class Store {
  static async load() {
    const [head, strings, facts] = await Promise.all([
      unpackedJson("head"), unpackedJson("strings"), unpacked("facts"),
    ]);
    return new Store(head, strings, facts);
  }

  constructor(head, strings, facts) {
    this.rows = head.rows;
    this.documents = head.documents;
    this.errors = head.errors;
    this.fields = head.fields;
    this.parts = head.parts;
    this.controls = head.controls;
    this.firstRows = head.first_rows;
    this.hasText = head.has_text;
    this.strings = strings;
    this.columns = new Map();
    this.kinds = new Map();
    this.textsABlock = head.texts_a_block;
    this.blocks = new Map();
    for (const [name, kind, start] of head.layout) {
      const Shape = kind === "number" ? Float64Array : Uint32Array;
      this.columns.set(name, new Shape(facts, start, this.rows));
      this.kinds.set(name, kind);
    }
    this.derive();
  }

  /** What the filters ask of every fact, computed once. */
  derive() {
    this.documentOf = new Uint32Array(this.rows);
    for (let doc = 0; doc < this.documents.length; doc++)
      this.documentOf.fill(doc, this.firstRows[doc], this.firstRows[doc + 1]);
    this.typeOf = this.coded("type", TYPES);
    this.statusOf = this.coded("status", STATUSES);
    const places = this.columns.get("place");
    const times = this.columns.get("time");
    this.placeRow = new Uint32Array(this.rows);
    this.dateRow = new Uint32Array(this.rows);
    const date = TYPES.indexOf("date");
    const place = TYPES.indexOf("place");
    for (let row = 0; row < this.rows; row++) {
      const type = this.typeOf[row];
      this.placeRow[row] = type === place ? row : places[row];
      this.dateRow[row] = type === date ? row : times[row];
    }
    const days = this.strings.map(dayNumber);
    this.fromDay = this.days("date_start", days);
    this.toDay = this.days("date_end", days);
  }

  coded(name, values) {
    const codes = new Map(values.map((value, code) => [this.strings.indexOf(value), code]));
    codes.set(NONE, 255);
    return Uint8Array.from(this.columns.get(name), (index) => codes.get(index) ?? 255);
  }

  days(name, days) {
    const column = this.columns.get(name);
    const found = new Float64Array(this.rows).fill(NaN);
    for (let row = 0; row < this.rows; row++) {
      const own = this.dateRow[row];
      if (own !== NONE && column[own] !== NONE) found[row] = days[column[own]];
    }
    return found;
  }

  /** A field's value: string, number, boolean, row of another fact, or null. */
  get(row, name) {
    const value = this.columns.get(name)[row];
    const kind = this.kinds.get(name);
    if (kind === "number") return Number.isNaN(value) ? null : value;
    if (kind === "flag") return value === 1;
    if (value === NONE) return null;
    return kind === "string" ? this.strings[value] : value;
  }

  type(row) {
    return TYPES[this.typeOf[row]];
  }

  isQuantity(row) {
    return this.typeOf[row] < QUANTITIES.length;
  }

  document(row) {
    return this.documents[this.documentOf[row]];
  }

  rowsOf(doc) {
    return Array.from({ length: this.firstRows[doc + 1] - this.firstRows[doc] }, (_, i) => this.firstRows[doc] + i);
  }

  /** The text of a document, or null where the page has none. */
  async article(doc) {
    if (!this.hasText[doc]) return null;
    const number = Math.floor(doc / this.textsABlock);
    if (!this.blocks.has(number)) this.blocks.set(number, unpackedJson(`texts-${number}`));
    if (this.blocks.size > KEPT_BLOCKS) this.blocks.delete(this.blocks.keys().next().value);
    const block = await (this.blocks.get(number) ?? unpackedJson(`texts-${number}`));
    return new Article(block[doc % this.textsABlock]);
  }

  /** The ids of all facts, in row order. */
  ids() {
    this.idList ??= unpackedText("ids").then((text) => (text ? text.split("\n") : []));
    return this.idList;
  }

  async rowOf(id) {
    return (await this.ids()).indexOf(id);
  }

  /** The record of facts.jsonl, with its fields in their order. */
  record(row, ids) {
    const type = this.type(row);
    const document = this.document(row);
    const value = (name) => {
      if (name === "id") return ids[row];
      if (name === "doc_id") return document.id;
      if (name === "published") return document.published ?? null;
      if (this.parts[name]) return this.whole(row, name);
      const found = this.get(row, name);
      return this.kinds.get(name) === "fact" && found !== null ? ids[found] : found;
    };
    return Object.fromEntries(this.fields[this.family(type)].map((name) => [name, value(name)]));
  }

  /** A field that has parts; null where the first of them is. */
  whole(row, name) {
    const parts = this.parts[name].map((part) => [part, this.get(row, `${name}_${part}`)]);
    return parts[0][1] === null ? null : Object.fromEntries(parts);
  }

  change(row) {
    return this.whole(row, "change");
  }

  /** Fields of quantities that are words of the text, with their span beside them. */
  get phrases() {
    return this.fields.quantity.filter((name) => this.fields.quantity.includes(`${name}_start`));
  }

  family(type) {
    return this.fields[type] ? type : "quantity";
  }
}

/** A record with the parts of a field in place of the field, as a table has them. */
export function flat(store, record) {
  return Object.fromEntries(Object.entries(record).flatMap(([name, value]) => (
    store.parts[name] ? store.parts[name].map((part) => [`${name}_${part}`, value?.[part] ?? null]) : [[name, value]])));
}
