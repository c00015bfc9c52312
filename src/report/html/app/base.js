// Text of documents is data: it reaches the page through textContent and text nodes alone.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data"), T = data.words, documents = data.documents;
const main = document.getElementById("main"), live = document.getElementById("live");

const fill = (node, set, children) => {
  for (const [key, value] of Object.entries(set)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(9)) if (child !== null && child !== undefined && child !== false) node.append(child instanceof Node ? child : String(child));
  return node;
};
const el = (name, set = {}, ...children) => fill(document.createElement(name), set, children);
const svg = (name, set = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", name), set, children);

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
const number = (value) => (typeof value === "number" ? value.toLocaleString(data.lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 6 }) : value ?? "");
const day = (iso) => (iso && data.lang === "vi" ? iso.split("-").reverse().join("/") : iso ?? "");
const big = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const cut = (text, length) => (text.length > length ? text.slice(0, length).replace(/[\s,;:.–-]+\S*$/, "") + "…" : text);
const unique = (list) => [...new Set(list.filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi"));
// Lines that a layout doubled or indented, closed up; line breaks stay.
const closed = (text) => text.replace(/[ \t\u00a0]+/g, " ").replace(/ ?[\r\n\f]\s*/g, "\n");

// What tells a document from the others: `48/KH-UBND`; where numbers are blank or stand twice, with the title, else the file.
const times = (key) => { const all = new Map(); for (const one of documents) all.set(key(one), (all.get(key(one)) ?? 0) + 1); return all; };
const names = times((one) => one.name);
for (const one of documents) {
  const alone = names.get(one.name) === 1 && !one.name.startsWith("…");
  one.label = alone || !one.title ? one.name : `${one.name} – ${cut(one.title, 70)}`;
}
const labels = times((one) => one.label);
for (const one of documents) if (labels.get(one.label) > 1) one.label += ` [${one.path.split(/[\\/]/).pop()}]`;
// In a place that has named the document already.
const short = (at) => (names.get(documents[at]?.name) === 1 ? documents[at].name : label(at));
const label = (at) => documents[at]?.label ?? T.collection;

// What is shown. Every step of it can be taken back with the browser's own button.
const state = { view: "summary", search: "", unit: "", year: "", of: "", family: "", severity: "", page: 0, document: 0, at: null, to: null };
const apply = () => { draw(); if (state.at === null) window.scrollTo(0, 0); else document.querySelector("[data-place]")?.scrollIntoView({ block: "center" }); };
const go = (change) => {
  history.replaceState({ ...state, scroll: window.scrollY }, "");
  Object.assign(state, { at: null, to: null, page: 0 }, change);
  history.pushState({ ...state }, "");
  apply();
};
window.addEventListener("popstate", (event) => {
  if (!event.state) return;
  const { scroll, ...rest } = event.state;
  Object.assign(state, rest);
  apply();
  if (scroll !== undefined) window.scrollTo(0, scroll);
});
const link = (text, change, set = {}) => el("button", { class: "link", type: "button", ...set, on: { click: () => go(change) } }, text);
// To a place in a document's text, where the page has it.
const placed = (text, one, set = {}) => (documents[one.document]?.text ? link(text, { view: "reader", document: one.document, at: one.start, to: one.end }, set) : text);
const opening = (one) => (documents[one.document]?.text ? [" ", placed(T.open, one, { "data-open": true })] : null);

// A table that becomes a list of cards where the window is narrow; columns that nothing stands in are left out. `set.group` names what
// rows belong to: that stands once above them.
const grid = (columns, rows, set = {}) => {
  const kept = columns.filter((column) => !column.spare || rows.some((row) => column.has(row)));
  let last = null;
  const heading = (row) => { const name = set.group?.(row) ?? null, again = name === last; last = name; return again ? null : el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: kept.length }, name)); };
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": set.label ?? null }, el("table", { class: "cards" },
    el("thead", {}, el("tr", {}, kept.map((column) => el("th", { scope: "col", class: column.number ? "num" : null }, column.head)))),
    el("tbody", {}, rows.map((row) => [heading(row), el("tr", {}, kept.map((column) => el("td", { "data-label": column.head, class: [column.number ? "num" : "", column.class?.(row) ?? ""].join(" ").trim() || null }, column.cell(row))))]))));
};
