// The form that corrects a fact: its fields by type, checked by the server.

import { button, byId, clear, el } from "./dom.js";
import { STATUSES } from "./store.js";
import { normalised, placeWords, TYPE_NAMES, whenWords } from "./words.js";

const MODIFIERS = ["=", "~", ">", ">=", "<", "<="];
const KINDS = ["country", "admin1", "admin2", "admin3", "admin4", "city", "region", "water", "landform", "facility"];
const RELATIONS = ["", "by", "since", "before", "after", "until"];
const PARTS = ["", "start", "early", "mid", "late", "end"];

const SPAN = [["start", "whole"], ["end", "whole"]];
const FIELDS = {
  quantity: [["value", "number"], ["low", "number"], ["high", "number"], ["modifier", MODIFIERS], ["unit", "text"], ["per", "text"],
    ["item", "text"], ["subject", "text"], ["subject_resolved", "text"], ["predicate", "text"], ["change_direction", ["", "up", "down"]], ["change_role", ["", "by", "to", "from"]],
    ["change_basis", ["", "yoy", "mom", "qoq"]], ["status", STATUSES], ["source", "text"], ["time", "date"], ["place", "place"],
    ["same_as", "quantity"]],
  date: [["edtf", "text"], ["relation", RELATIONS], ["part", PARTS]],
  place: [["name", "text"], ["kind", KINDS], ["country", "text"], ["admin1", "text"], ["lat", "number"], ["lon", "number"]],
};

export function familyOf(type) {
  return FIELDS[type] ? type : "quantity";
}

/** The fields that the form has for a type, as the record names them. */
export function fieldNames(type) {
  return [...FIELDS[familyOf(type)], ...SPAN].map(([name]) => name).concat("change");
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

/** The fields of the form, in the record's shape. Raises with the name of a field that is no number. */
function valuesOf(controls) {
  const found = {};
  for (const [name, { kind, node }] of controls) {
    try {
      found[name] = parsed(kind, node.value);
    } catch (error) {
      throw new Error(`${name}: ${error.message}`, { cause: error });
    }
  }
  return joined(found);
}

/** What differs from the record: the fields to send. */
function changed(values, record) {
  const was = (name) => JSON.stringify(record[name] ?? null);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== was(name)));
}

/** A control for each field of this family, holding the record's values. */
function controlsOf(app, row, record, ids) {
  const values = formValues(record);
  return new Map([...FIELDS[familyOf(record.type)], ...SPAN].map(([name, kind]) => {
    const node = control(app, name, kind, row, ids);
    const value = values[name];
    if (value !== null && value !== undefined) node.value = String(value);
    return [name, { kind, node }];
  }));
}

/** Ask for the right values of a fact; `send` stores what changed and raises with what the server finds wrong. */
export async function openForm(app, { title, row, record, types, send }) {
  const ids = await app.store.ids();
  const dialog = byId("dialog");
  const problem = el("p", { class: "problem", role: "alert" });
  const type = el("select", { id: "fix-type" }, ...types.map((name) => el("option", { value: name }, TYPE_NAMES[name])));
  const rest = el("div", { class: "fix-rest" });
  const fields = el("div", { class: "fix-fields" }, el("label", { for: "fix-type" }, "type"), type, rest);
  let controls;
  const draw = () => {
    controls = controlsOf(app, row, { ...record, type: type.value }, ids);
    clear(rest, ...[...controls].flatMap(([name, { node }]) => [
      el("label", { for: node.id }, name.replaceAll("_", " ")), node]));
  };
  type.value = record.type;
  type.addEventListener("change", draw);
  const submit = async (event) => {
    event.preventDefault();
    try {
      await send(changed({ type: type.value, ...valuesOf(controls) }, record));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const form = el("form", { class: "fix", method: "dialog", id: "fix-form", submit }, fields, problem,
    el("div", { class: "bar" }, el("button", { type: "submit", class: "primary" }, "Save"),
      button("Use selected text", { class: "quiet", click: () => useSelection(app, controls, problem) }),
      button("Cancel", { class: "quiet", click: () => dialog.close() })));
  draw();
  clear(dialog, el("h2", { id: "dialog-title" }, title), form);
  dialog.showModal();
  controls.values().next().value.node.focus();
}

/** Take the span that is selected in the article. */
function useSelection(app, controls, problem) {
  const span = app.selection;
  problem.textContent = span ? "" : "Select words in the article first, then open this form.";
  if (span) ["start", "end"].forEach((name, i) => { controls.get(name).node.value = String(span[i]); });
}
