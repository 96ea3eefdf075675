// Elements are built from values: text becomes text nodes, never HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An element: el("p", {class: "note", click: listener}, "text", other). */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An element of an SVG drawing. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

export function button(label, attributes, ...children) {
  return el("button", { type: "button", ...attributes }, ...(children.length ? children : [label]));
}

/** Tells a screen reader what changed. */
export function announce(text) {
  byId("live").textContent = text;
}

/** Calls back once, after calls have stopped coming for a moment. */
export function afterPause(milliseconds, callback) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...values), milliseconds);
  };
}

export function remembered(key, fallback) {
  try {
    return localStorage.getItem(key) ?? fallback;
  } catch {
    return fallback; // storage may be forbidden, as for a file in some browsers
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // the page works without
  }
}

export function clear(node, ...children) {
  node.replaceChildren(...children);
  return node;
}
