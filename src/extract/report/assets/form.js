// The form that corrects a fact: its fields by type, checked by the server.

import { button, byId, clear, el } from "./dom.js";
import { flat } from "./store.js";
import { normalised, placeWords, TYPE_NAMES, whenWords } from "./words.js";

const SPAN = [["start", "whole"], ["end", "whole"]];

/** The fields that the form has for a type, and how it asks for them. */
function asked(store, type) {
  return [...store.controls[store.family(type)], ...SPAN];
}

/** The same fields as the record names them. */
export function fieldNames(store, type) {
  return [...asked(store, type).map(([name]) => name), ...Object.keys(store.parts)];
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

/** The values of the form in the record's shape: a field with parts is one value, or null where none is given. */
function joined(store, values) {
  const found = { ...values };
  for (const [name, parts] of Object.entries(store.parts)) {
    if (!(`${name}_${parts[0]}` in values)) continue;
    const whole = Object.fromEntries(parts.map((part) => [part, values[`${name}_${part}`]]));
    for (const part of parts) delete found[`${name}_${part}`];
    found[name] = parts.some((part) => whole[part]) ? whole : null;
  }
  return found;
}

/** The fields of the form, in the record's shape. Raises with the name of a field that is no number. */
function valuesOf(store, controls) {
  const found = {};
  for (const [name, { kind, node }] of controls) {
    try {
      found[name] = parsed(kind, node.value);
    } catch (error) {
      throw new Error(`${name}: ${error.message}`, { cause: error });
    }
  }
  return joined(store, found);
}

/** What differs from the record: the fields to send. */
function changed(values, record) {
  const was = (name) => JSON.stringify(record[name] ?? null);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== was(name)));
}

/** A control for each field of this family, holding the record's values. */
function controlsOf(app, row, record, ids) {
  const values = flat(app.store, record);
  return new Map(asked(app.store, record.type).map(([name, kind]) => {
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
      await send(changed({ type: type.value, ...valuesOf(app.store, controls) }, record));
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
