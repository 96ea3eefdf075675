// How values read: numbers in full, units in words, dates and places short.

const UNITS = {
  a: "years", mo: "months", wk: "weeks", d: "days", h: "hours", min: "minutes", s: "seconds",
  pp: "percentage points", m2: "m²", m3: "m³", km2: "km²", Cel: "°C",
};
const PER = { a: "year", mo: "month", wk: "week", d: "day", h: "hour", min: "minute", s: "second" };
const SIGNS = { "=": "", "~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ " };
const KINDS = {
  admin1: "province", admin2: "prefecture", admin3: "county", admin4: "township",
};
const DIRECTIONS = { up: "↑", down: "↓" };
const BASES = { yoy: "year on year", mom: "month on month", qoq: "quarter on quarter" };

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });

export const TYPE_NAMES = {
  money: "Money", count: "Count", percent: "Percent", ratio: "Ratio", measure: "Measure",
  duration: "Duration", rank: "Rank", date: "Date", place: "Place",
};

export function number(value) {
  return value === null ? "" : plain.format(value);
}

export function shortNumber(value) {
  return short.format(value);
}

export function several(count, noun) {
  return `${plain.format(count)} ${count === 1 ? noun : `${noun}s`}`;
}

export function unitWords(unit) {
  if (!unit) return "";
  if (unit === "%") return "%";
  return ` ${UNITS[unit] ?? unit.replace(/[{}]/g, "")}`;
}

function perWords(per) {
  return per ? ` per ${PER[per] ?? per.replace(/[{}]/g, "")}` : "";
}

function amount(store, row) {
  const value = store.get(row, "value");
  if (value !== null) return (SIGNS[store.get(row, "modifier")] ?? "") + number(value);
  return `${number(store.get(row, "low"))}–${number(store.get(row, "high"))}`;
}

/** The normalised value: "> 5,500", "150,000,000,000 CNY per year", "2023-01/2023-05", "Huairen, Shanxi". */
export function normalised(store, row) {
  const type = store.type(row);
  if (type === "place") return placeWords(store, row);
  if (type === "date") return dateWords(store, row);
  const rank = type === "rank" ? "no. " : "";
  return rank + amount(store, row) + unitWords(store.get(row, "unit")) + perWords(store.get(row, "per"));
}

export function dateWords(store, row) {
  return store.get(row, "edtf") ?? store.get(row, "timex3") ?? "not resolved";
}

/** A date as a reader says it: its words and, where resolved, its value. */
export function whenWords(store, row) {
  const relation = store.get(row, "relation");
  const edtf = store.get(row, "edtf");
  return `${relation ? `${relation} ` : ""}${edtf ?? store.get(row, "text")}`;
}

export function placeWords(store, row) {
  const name = store.get(row, "name");
  const rest = [store.get(row, "admin1"), store.get(row, "country")].filter((part) => part && part !== name);
  return [name, ...rest].join(", ");
}

export function placeKind(kind) {
  return KINDS[kind] ?? kind;
}

export function changeWords(change) {
  if (!change) return null;
  return `${DIRECTIONS[change.direction]} ${change.role}${change.basis ? `, ${BASES[change.basis]}` : ""}`;
}

export function titleOf(document) {
  return document.title ?? document.id;
}
