// Facts as files: made in the browser, with all their fields.

import { el } from "./dom.js";
import { flat } from "./store.js";

// The same as in sinks/cells.py.
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠][\s\S]/;
const NUMBER = /^[-+]?[\d.]+$/;

/** A cell that a spreadsheet takes as text: quoted, and never a formula. */
export function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function asCsv(store, records) {
  const rows = records.map((record) => flat(store, record));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => names.map((name) => csvCell(row[name])).join(","));
  return [names.join(","), ...lines].join("\r\n") + "\r\n";
}

export function asJsonLines(records) {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Save the facts of these rows, in their order. */
export async function saveFacts(store, rows, format) {
  const ids = await store.ids();
  const records = Array.from(rows, (row) => store.record(row, ids));
  if (format === "csv") save("facts.csv", "text/csv;charset=utf-8", `\ufeff${asCsv(store, records)}`);
  else save("facts.jsonl", "application/jsonl", asJsonLines(records));
}
