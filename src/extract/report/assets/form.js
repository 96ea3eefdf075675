// The form that corrects a fact: its fields by type, checked by the server.

import { button, byId, clear, el } from "./dom.js";
import { STATUSES, TYPES } from "./store.js";
import { normalised, placeWords, TYPE_NAMES, whenWords } from "./words.js";

const MODIFIERS = ["=", "~", ">", ">=", "<", "<="];
const KINDS = ["country", "admin1", "admin2", "admin3", "admin4", "city", "region", "water", "landform", "facility"];
const RELATIONS = ["", "by", "since", "before", "after", "until"];
const PARTS = ["", "start", "early", "mid", "late", "end"];

const SPAN = [["start", "whole"], ["end", "whole"]];
const FIELDS = {
  quantity: [["value", "number"], ["low", "number"], ["high", "number"], ["modifier", MODIFIERS], ["unit", "text"], ["per", "text"],
    ["item", "text"], ["subject", "text"], ["predicate", "text"], ["change_direction", ["", "up", "down"]], ["change_role", ["", "by", "to", "from"]],
    ["change_basis", ["", "yoy", "mom", "qoq"]], ["status", STATUSES], ["source", "text"], ["time", "date"], ["place", "place"],
    ["same_as", "quantity"]],
  date: [["edtf", "text"], ["relation", RELATIONS], ["part", PARTS]],
  place: [["name", "text"], ["kind", KINDS], ["country", "text"], ["admin1", "text"], ["lat", "number"], ["lon", "number"]],
};

export function familyOf(type) {
  return FIELDS[type] ? type : "quantity";
}

function optionsFor(app, kind, row, ids) {
  const { store } = app;
  const fits = (other) => (kind === "quantity" ? store.isQuantity(other) && other !== row : store.type(other) === kind);
  const words = { date: whenWords, place: placeWords, quantity: normalised }[kind];
  const rows = store.rowsOf(app.doc).filter(fits);
  return [el("option", { value: "" }, "none"), ...rows.map((other) => el("option", { value: ids[other] },
    `${store.get(other, "text")} (${words(store, other)})`))];
}

function control(app, name, kind, row, ids) {
  const id = `fix-${name}`;
  if (Array.isArray(kind)) return el("select", { id, name }, ...kind.map((value) => el("option", { value }, value || "none")));
  if (["date", "place", "quantity"].includes(kind)) return el("select", { id, name }, ...optionsFor(app, kind, row, ids));
  return el("input", { id, name, type: "text", inputmode: kind === "text" ? null : "decimal", autocomplete: "off", spellcheck: "false" });
}

/** "1,866.36" to a number, "" to null. Raises where it is none. */
export function parsed(kind, text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (kind !== "number" && kind !== "whole") return trimmed;
  const value = Number(trimmed.replaceAll(",", ""));
  if (!Number.isFinite(value) || (kind === "whole" && !Number.isInteger(value))) throw new Error(`“${trimmed}” is no number`);
  return value;
}

/** The record with the change in three fields, as the form has it. */
export function formValues(record) {
  const { change, ...rest } = record;
  return { ...rest, change_direction: change?.direction ?? null, change_role: change?.role ?? null, change_basis: change?.basis ?? null };
}

function joined(values) {
  if (!("change_direction" in values)) return values;
  const { change_direction: direction, change_role: role, change_basis: basis, ...rest } = values;
  return { ...rest, change: direction && role ? { direction, role, basis } : null };
}

/** What of the form differs from the record: the fields to send. */
function changed(form, fields, record) {
  const before = formValues(record);
  const all = Object.fromEntries(fields.map(([name, kind]) => {
    try {
      return [name, parsed(kind, form.elements[name].value)];
    } catch (error) {
      throw new Error(`${name}: ${error.message}`, { cause: error });
    }
  }));
  const now = joined(all);
  const was = joined(Object.fromEntries(fields.map(([name]) => [name, before[name] ?? null])));
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name] ?? null)));
}

/** Ask for the right values of a fact; `send` stores them and raises with what the server finds wrong. */
export async function openForm(app, row, record, send) {
  const ids = await app.store.ids();
  const { type } = record;
  const fields = [...FIELDS[familyOf(type)], ...SPAN];
  const typeChoice = el("select", { id: "fix-type", name: "type" },
    ...TYPES.filter((other) => familyOf(other) === familyOf(type)).map((other) => el("option", { value: other }, TYPE_NAMES[other])));
  const problem = el("p", { class: "problem", role: "alert" });
  const dialog = byId("dialog");
  const form = el("form", { class: "fix", method: "dialog", id: "fix-form" },
    el("div", { class: "fix-fields" },
      el("label", { for: "fix-type" }, "type"), typeChoice,
      ...fields.flatMap(([name, kind]) => [el("label", { for: `fix-${name}` }, name.replaceAll("_", " ")), control(app, name, kind, row, ids)])),
    problem,
    el("div", { class: "bar" }, el("button", { type: "submit", class: "primary" }, "Save"),
      button("Use selected text", { class: "quiet", click: () => useSelection(app, form, problem) }),
      button("Cancel", { class: "quiet", click: () => dialog.close() })));
  const values = formValues(record);
  for (const [name] of fields) form.elements[name].value = values[name] === null || values[name] === undefined ? "" : String(values[name]);
  typeChoice.value = type;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send(changed(form, [["type", "text"], ...fields], record));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  clear(dialog, el("h2", { id: "dialog-title" }, `Correct “${record.text}”`), form);
  dialog.showModal();
  form.elements[fields[0][0]].focus();
}

/** Take the span that is selected in the article. */
function useSelection(app, form, problem) {
  const span = app.selection;
  problem.textContent = span ? "" : "Select words in the article first, then open this form.";
  if (span) [form.elements.start.value, form.elements.end.value] = span;
}
