"use strict";
// What documents and people say reaches the page through textContent and text nodes alone.
const data = JSON.parse(document.getElementById("data").textContent), T = data.words;
const main = document.getElementById("main"), live = document.getElementById("live");
const el = (name, set = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(set)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(9)) if (child !== null && child !== undefined && child !== false) node.append(child instanceof Node ? child : String(child));
  return node;
};
// What a node holds from now on; what is nothing is left out, and a list is its members.
const hold = (node, ...children) => node.replaceChildren(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
const base = location.pathname.replace(/[^/]*$/, "");
const tell = (text) => { live.textContent = text; const shown = document.getElementById("told"); if (shown) shown.textContent = text; };
const ask = async (route, body) => {
  let answer;
  try {
    answer = await fetch(base + route, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch { tell(T.lost); throw new Error(T.lost); }
  const value = await answer.json().catch(() => ({ error: String(answer.status) }));
  if (!answer.ok) throw Object.assign(new Error(value.error ?? T.failed), { status: answer.status, fields: value.fields });
  return value;
};
const order = {
  target: ["indicator", "comparator", "value", "unit", "scope", "due", "lead", "coordinate", "monitor", "result"], fact: ["subject", "comparator", "value", "unit"],
  task: ["text", "lead", "coordinate", "deadline", "product"], deadline: ["about", "text", "from", "to"], number: [],
};
const isOpen = (item) => (item.status === "read" || item.status === "conflict") && !state.pending.has(item.key);

// The list of documents.
const list = async () => {
  state = null;
  main.className = "";
  const { documents } = await ask("documents");
  const shown = documents.filter((one) => !data.only.length || data.only.includes(one.id));
  const go = (one) => el("button", { class: "link", type: "button", "data-document": one.id, on: { click: () => { location.hash = one.id; } } }, one.number ?? one.path ?? one.id);
  main.replaceChildren(el("div", { class: "bar" }, el("h1", {}, T.title), el("span", { class: "muted" }, data.who)), el("p", { class: "muted" }, T.need),
    el("table", {}, el("thead", {}, el("tr", {}, [T.number, T.name, T.conflicts, T.unread, T.findings, T.progress, T.unfit].map((name) => el("th", {}, name)))),
      el("tbody", {}, shown.map((one) => el("tr", {}, el("td", {}, go(one)), el("td", {}, one.title ?? ""), el("td", {}, one.conflicts || ""), el("td", {}, one.unread), el("td", {}, one.findings || ""), el("td", {}, `${one.done} / ${one.items}`), el("td", {}, one.unfit || ""))))));
  links().catch((error) => tell(error.message));
  document.documentElement.setAttribute("data-ready", "list");
  main.querySelector("[data-document]")?.focus();
};

// Indicators that may be one: what speaks for it, and what a person says.
const links = async () => {
  const { pairs } = await ask("links");
  if (state || !pairs.length) return;
  const row = (pair) => {
    const say = async (same) => {
      try { await ask("decide", { one: pair.one, other: pair.other, same }); pair.decided = same; node.replaceWith(row(pair)); } catch (error) { tell(error.message); }
    };
    const said = [[true, T.same], [false, T.different]], decided = said.find(([same]) => same === pair.decided);
    const node = el("tr", { "data-pair": pair.one + " " + pair.other }, el("td", {}, pair.one_name), el("td", {}, pair.other_name), el("td", {}, pair.why[data.lang] ?? pair.why.vi), el("td", {}, decided
      ? [`${decided[1]}. `, el("button", { type: "button", class: "link", on: { click: () => say(null) } }, T.undo)]
      : said.map(([same, name]) => el("button", { type: "button", on: { click: () => say(same) } }, name))));
    return node;
  };
  main.append(el("h2", {}, T.pairs), el("p", { class: "muted" }, T.pairs_then), el("table", { id: "pairs" }, el("tbody", {}, pairs.map(row))), el("p", { id: "told", class: "muted" }));
};

// One document: its text with all items marked, the item that is chosen beside it.
let state = null;
const open = async (id) => {
  const told = await ask("document/" + id);
  const points = /[\ud800-\udfff]/.test(told.text) ? Array.from(told.text) : null;
  state = { ...told, slice: (from, to) => (points ? points.slice(from, to).join("") : told.text.slice(from, to)), length: points ? points.length : told.text.length, chosen: null, editing: null, done: [], nodes: new Map(), viewing: true, found: new Map(), pending: new Map(), sent: 0, answered: 0 };
  main.className = "document";
  state.box = el("div", { class: "text", id: "text", lang: "vi", tabindex: 0 });
  state.aside = el("aside", { class: "side", id: "side", "aria-live": "polite" });
  const button = (name, key, act) => el("button", { type: "button", id: "do-" + name, title: key, on: { click: act } }, `${T[name]} (${key})`);
  main.replaceChildren(el("div", { class: "bar" }, el("button", { type: "button", id: "back", on: { click: () => { location.hash = ""; } } }, T.back), el("h1", {}, [told.number, told.title].filter(Boolean).join(" – ") || told.path), el("span", { id: "count", class: "muted" }), el("span", { id: "told", class: "muted" })),
    el("div", { class: "bar" }, button("previous", "p", () => step(-1)), button("next", "n", () => step(1)), button("accept", "a", accept), button("accept_line", "A", acceptLine), button("edit", "e", () => edit()), button("remove", "d", remove), button("undo", "u", undo), state.pages.length ? el("button", { type: "button", id: "do-view", on: { click: view } }, `${T.view} (v)`) : null, el("label", {}, el("input", { type: "checkbox", id: "open-only" }), ` ${T.open_only} (o)`)),
    el("div", { class: "work", id: "work" }, state.box, paper(), state.aside), el("p", { class: "muted small" }, T.keys));
  paint();
  choose(null);
  view(null, true);
  document.documentElement.setAttribute("data-ready", "document");
  state.box.focus();
};

// The text is cut at the borders of items; the innermost item gives a piece its colour. Done once: what changes later changes its own pieces.
const paint = () => {
  const spans = state.items.flatMap((item) => item.spans.map(([start, end]) => ({ start, end, key: item.key }))).sort((a, b) => a.start - b.start);
  const borders = [...new Set([0, state.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const into = document.createDocumentFragment();
  state.nodes = new Map();
  state.pieces = [];
  let within = [], next = 0;
  for (let at = 0; at + 1 < borders.length; at++) {
    const [from, to] = [borders[at], borders[at + 1]];
    within = within.filter((span) => span.end > from);
    while (next < spans.length && spans[next].start <= from) { if (spans[next].end > from) within.push(spans[next]); next++; }
    const own = [...within].sort((a, b) => a.end - a.start - (b.end - b.start)).map((span) => span.key);
    const node = own.length ? el("span", {}, state.slice(from, to)) : document.createTextNode(state.slice(from, to));
    state.pieces.push({ node, from, to });
    if (own.length) {
      node.keys = own;
      for (const key of own) { if (!state.nodes.has(key)) state.nodes.set(key, []); state.nodes.get(key).push(node); }
    }
    into.append(node);
  }
  state.box.replaceChildren(into);
  state.by = new Map(state.items.map((item) => [item.key, item]));
  for (const nodes of state.nodes.values()) nodes.forEach(dress);
  count();
};
const dress = (node) => {
  const item = node.keys.map((key) => state.by.get(key)).find(Boolean);
  if (!item) { node.className = ""; node.removeAttribute("data-key"); return; }
  const status = item.status === "removed" || item.status === "conflict" ? item.status : item.status === "read" && !state.pending.has(item.key) ? "" : "done";
  node.className = ["mark", item.kind, status, state.pending.has(item.key) ? "pending" : "", node.keys.includes(state.chosen) ? "chosen" : ""].filter(Boolean).join(" ");
  node.setAttribute("data-key", item.key);
};
const count = () => {
  const seen = state.items.filter((item) => !isOpen(item)).length;
  document.getElementById("count").textContent = `${T.progress}: ${seen} / ${state.items.length}`;
};
const current = () => state.by.get(state.chosen);
const redress = (key) => (state.nodes.get(key) ?? []).forEach(dress);

const choose = (key, scroll = true) => {
  const before = state.chosen;
  state.chosen = key;
  state.editing = null;
  if (before) redress(before);
  if (key) redress(key);
  if (key && scroll) state.nodes.get(key)?.[0]?.scrollIntoView({ block: "center" });
  side();
  look(current());
};
const step = (way) => {
  const only = document.getElementById("open-only").checked, items = state.items;
  let at = items.findIndex((item) => item.key === state.chosen);
  if (at < 0 && way < 0) at = items.length;
  for (let next = at + way; next >= 0 && next < items.length; next += way) if (!only || isOpen(items[next])) return choose(items[next].key);
  tell(T.done);
};

// The page beside its text: the program draws it when it is looked at, and says where on it the words of the text stand.
const paper = () => {
  if (!state.pages.length) return null;
  const button = (name, shown, act) => el("button", { type: "button", id: "page-" + name, title: T[name], "aria-label": T[name], on: { click: act } }, shown);
  state.label = el("span", { id: "page-number" });
  state.word = el("p", { class: "muted small", id: "page-told", role: "status" });
  state.frame = el("div", { class: "frame", id: "frame", on: { click: pointed } });
  state.paper = el("div", { class: "paper", id: "paper", tabindex: 0 }, state.frame);
  return (state.sheet = el("section", { class: "sheet", id: "sheet", "aria-label": T.sheet }, el("div", { class: "bar" }, button("page_before", "‹", () => look(null, state.page - 1)), state.label, button("page_after", "›", () => look(null, state.page + 1)), button("larger", T.larger + " (z)", larger)), state.word, state.paper));
};
const view = (_event, first) => {
  if (!state.pages.length) return;
  if (!first) state.viewing = !state.viewing;
  document.getElementById("work").className = state.viewing ? "work paged" : "work";
  state.sheet.hidden = !state.viewing;
  if (state.viewing) look(current());
};
const larger = () => { if (state.pages.length && state.viewing) { state.paper.classList.toggle("large"); mark(); } };
const pageOf = (at) => { let page = 0; while (page + 1 < state.pages.length && state.pages[page + 1] <= at) page++; return page; };
let turning = 0;
const look = (item, page = item?.spans.length ? pageOf(item.spans[0][0]) : state.page ?? 0) => {
  if (!state.pages.length || !state.viewing || page < 0 || page >= state.pages.length) return;
  const own = state;
  own.page = page;
  own.marked = item;
  own.label.textContent = `${T.sheet} ${page + 1} / ${own.pages.length}`;
  clearTimeout(turning);
  // Who goes on quickly does not wait for pages in between.
  if (own.shown === page || own.failed === page) mark(); else turning = setTimeout(() => turn(own, page), own.shown === undefined ? 0 : 100);
};
const turn = async (own, page) => {
  own.leave?.abort();
  own.failed = undefined;
  const leave = (own.leave = new AbortController()), is = () => own === state && own.page === page && !leave.signal.aborted;
  const get = async (route) => {
    const answer = await fetch(`${base}document/${own.id}/page/${page + 1}${route}`, { signal: leave.signal });
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(told.error ?? String(answer.status)), { code: told.code ?? "other" });
  };
  const picture = async (turned) => {
    const blob = await (await get("/" + turned)).blob();
    if (!is()) return;
    const image = el("img", { alt: `${T.sheet} ${page + 1}` });
    if (own.url) URL.revokeObjectURL(own.url);
    image.src = own.url = URL.createObjectURL(blob);
    await image.decode();
    if (!is()) return;
    own.frame.replaceChildren(image);
    own.shown = page;
    own.places = null;
    mark();
  };
  const waiting = setTimeout(() => is() && (own.word.textContent = own.shown === page ? T.finding : T.drawing), 250);
  try {
    const known = own.found.get(page);
    await picture(known?.quarters ?? 0);
    const found = known ?? (await (await get("")).json());
    own.found.set(page, found);
    if (!is()) return;
    if (!known && found.quarters) await picture(found.quarters);
    if (!is()) return;
    own.places = found.places;
    clearTimeout(waiting);
    own.word.textContent = found.without ? T.sheets["without_" + found.without] ?? T.sheets.without : "";
    mark();
    state.sheet.setAttribute("data-page", page + 1);
  } catch (error) {
    if (!is()) return;
    if (own.shown !== page) own.frame.replaceChildren();
    own.shown = undefined;
    own.failed = page;
    own.word.replaceChildren(T.sheets[error.code] ?? T.sheets.other, el("br"), error.message);
    state.sheet.setAttribute("data-failed", error.code);
  } finally { clearTimeout(waiting); }
};
// The marks of the item on the page that is shown: its words, those of a line together; where none of them was found, the nearest.
const mark = () => {
  state.frame.querySelectorAll(".spot").forEach((node) => node.remove());
  const item = state.marked, places = state.places;
  if (!item || !places?.length || state.shown !== state.page) return;
  let own = places.filter(([start, end]) => item.spans.some(([from, to]) => start < to && from < end)), near = false;
  if (!own.length && item.spans.length && pageOf(item.spans[0][0]) === state.page) {
    const [from] = item.spans[0], far = ([start]) => Math.abs(start - from);
    own = [places.reduce((best, place) => (far(place) < far(best) ? place : best))];
    near = true;
  }
  const lines = [];
  for (const [, , left, top, right, bottom] of own) {
    const last = lines.at(-1), height = bottom - top;
    if (last && Math.abs(top - last.top) < height * 0.6 && left - last.right < height * 3 && left >= last.left - height) { last.right = Math.max(last.right, right); last.bottom = Math.max(last.bottom, bottom); } else lines.push({ left, top, right, bottom });
  }
  const spots = lines.map((line) => {
    const node = el("div", { class: near ? "spot near" : "spot" });
    for (const [name, value] of [["left", line.left - 20], ["top", line.top - 10], ["width", line.right - line.left + 40], ["height", line.bottom - line.top + 20]]) node.style[name] = value / 100 + "%";
    return node;
  });
  state.frame.append(...spots);
  if (!spots.length) return;
  const [box, at] = [state.paper.getBoundingClientRect(), spots[0].getBoundingClientRect()];
  if (at.top < box.top || at.bottom > box.bottom || at.left < box.left || at.right > box.right) state.paper.scrollBy(at.left - box.left - box.width / 4, at.top - box.top - box.height / 3);
};
// Who points at words of the page goes to what was read of them.
const pointed = (event) => {
  const box = state.frame.getBoundingClientRect(), x = ((event.clientX - box.left) / box.width) * 10000, y = ((event.clientY - box.top) / box.height) * 10000;
  const hit = state.places?.find(([, , left, top, right, bottom]) => left - 30 <= x && x <= right + 30 && top - 20 <= y && y <= bottom + 20);
  if (!hit) return;
  const size = (item) => item.spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const items = state.items.filter((item) => item.spans.some(([from, to]) => hit[0] < to && from < hit[1])).sort((a, b) => size(a) - size(b));
  if (items.length) choose(items[0].key);
};

// What is known of the chosen item, or the form.
const side = () => {
  const item = current();
  if (state.editing) return form();
  if (!item) return hold(state.aside, el("p", { class: "muted" }, T.nothing), unfit(), findings());
  // What a long text says stands beside; who and when are looked for.
  const long = (fields, name) => (fields[name].length > 120 ? 1 : 0);
  const shown = (fields, kind) => el("dl", { class: "told" }, order[kind].filter((name) => fields[name]).sort((a, b) => long(fields, a) - long(fields, b)).map((name) => [el("dt", {}, T.fields[name]), el("dd", { "data-field": name }, fields[name])]));
  const quote = item.spans.map(([from, to]) => state.slice(from, to)).join(" | ").replace(/\s+/g, " ");
  hold(state.aside, el("h2", {}, T.kinds[item.kind]), el("p", { class: "state", "data-status": item.status }, T.status[item.status]), shown(item.fields, item.kind),
    item.why ? el("p", {}, el("b", {}, T.why, ": "), item.why) : null, el("p", {}, Object.values(item.fields).includes(quote) ? null : [el("b", {}, T.quote, ": "), "“", quote, "”"], item.page ? ` (${T.page} ${item.page})` : ""),
    item.by.map((by) => el("div", { class: "by" }, `${by.who} ${T.actions[by.action]}, ${by.made.slice(0, 16).replace("T", " ")}`, item.status === "conflict" ? [shown(by.fields, item.kind), el("button", { type: "button", on: { click: () => send({ kind: item.kind, action: by.action === "remove" ? "remove" : "correct", key: item.key, fields: by.fields, seen: item.seen }) } }, T.choose)] : null)), unfit());
};
const unfit = () => (state.unfit.length ? el("section", {}, el("h3", {}, T.unfit), state.unfit.map((one) => el("div", { class: "by", "data-unfit": true }, `${T.kinds[one.kind]}: ${T.states[one.state]}`, el("br"), `“${one.quote.replace(/\s+/g, " ")}”`, el("br"), `${one.by.who} ${T.actions[one.by.action]}`))) : null);

// What the last audit of the store found here: true, or put aside for a reason.
const findings = () => {
  if (!state.findings.length) return null;
  const one = (found) => {
    const [problem, action] = found[data.lang] ?? found.vi, judged = found.judgement;
    const say = async (verdict, reason = "") => {
      try { found.judgement = (await ask("finding", { fingerprint: found.fingerprint, verdict, reason })).judgement; if (!verdict) found.judgement = null; tell(T.saved); side(); } catch (error) { tell(error.fields ? T.reason : error.message); }
    };
    const reason = el("input", { placeholder: T.reason, "aria-label": T.reason });
    const to = () => { const piece = state.pieces.find((other) => other.to > found.start), node = piece?.node.nodeType === 3 ? piece.node.previousElementSibling : piece?.node; node?.scrollIntoView({ block: "center" }); };
    return el("div", { class: "by", "data-finding": found.fingerprint }, el("button", { class: "link " + found.severity, type: "button", on: { click: to } }, `${found.code}: ${problem}`), el("p", { class: "muted small" }, action),
      judged ? el("p", { "data-verdict": judged.verdict }, judged.verdict === "true" ? T.is_true : `${T.is_aside}: ${judged.reason}`, ` (${judged.who}) `, el("button", { class: "link", type: "button", on: { click: () => say("") } }, T.undo))
        : el("p", { class: "bar" }, el("button", { type: "button", on: { click: () => say("true") } }, T.is_true), reason, el("button", { type: "button", on: { click: () => say("aside", reason.value) } }, T.aside)));
  };
  return el("section", { id: "findings" }, el("h3", {}, T.findings), state.findings.map(one));
};

const form = () => {
  const { kind, fields, words, wrong = {} } = state.editing;
  const input = (name) => {
    const long = ["indicator", "subject", "text", "about"].includes(name);
    const box = el(long ? "textarea" : "input", { name, rows: long ? 3 : null, autocomplete: "off", spellcheck: "false", on: { input: (event) => { fields[name] = event.target.value; check(); } } });
    box.value = fields[name] ?? "";
    return el("label", { "data-of": name, class: wrong[name] ? "bad" : null }, T.fields[name], box, el("span", { class: "wrong" }, wrong[name] ?? ""));
  };
  const made = el("form", { id: "form", on: { submit: (event) => { event.preventDefault(); save(); } } }, el("h2", {}, T.kinds[kind]), words ? el("p", { class: "muted" }, "“", words.replace(/\s+/g, " "), "”") : null,
    order[kind].map(input), el("p", { class: "wrong", id: "wrong" }, wrong[""] ?? ""), el("div", { class: "bar" }, el("button", { type: "submit" }, T.save + " (Enter)"), el("button", { type: "button", on: { click: cancel } }, T.cancel + " (Esc)")));
  state.aside.replaceChildren(made);
  const first = made.querySelector(`[name=${state.editing.focus ?? "value"}]`) ?? made.querySelector("textarea, input");
  first?.focus();
  first?.select();
};
const told = (wrong) => {
  for (const label of document.querySelectorAll("#form [data-of]")) {
    const why = wrong[label.dataset.of] ?? "";
    label.className = why ? "bad" : "";
    label.querySelector(".wrong").textContent = why;
  }
  document.getElementById("wrong").textContent = wrong[""] ?? "";
};
let waiting = 0;
const check = () => {
  clearTimeout(waiting);
  const own = state.editing;
  waiting = setTimeout(async () => {
    try { await ask("check", { kind: own.kind, fields: own.fields }); if (state?.editing === own) told({}); } catch (error) { if (error.fields && state?.editing === own) told(error.fields); }
  }, 150);
};
const cancel = () => { state.editing = null; side(); state.box.focus(); };
const edit = (focus) => {
  const item = current();
  if (!item || !order[item.kind].length || item.status === "removed") return;
  state.editing = { kind: item.kind, key: item.key, seen: item.seen, fields: { ...item.fields }, action: "correct", focus };
  side();
};
const save = async () => {
  const { kind, key, seen, fields, action, start, end } = state.editing;
  const own = state.editing;
  try {
    await send({ kind, action, key, seen, fields, start, end });
    if (state?.editing === own) cancel();
  } catch (error) { if (error.fields) told(error.fields); }
};
const accept = () => {
  const item = current();
  if (!item || item.kind === "number" || item.status === "removed") return;
  send({ kind: item.kind, action: "accept", key: item.key, seen: item.seen }).catch(() => {});
  step(1);
};
// All that was read in the line or row of the item, and that nobody has looked at, is right; what was not read in it comes next.
const acceptLine = () => {
  const item = current();
  if (!item?.spans.length) return;
  const line = lineOf(item.spans[0][0]), of = state.items.filter((one) => one.spans.length && lineOf(one.spans[0][0]) === line);
  const right = of.filter((one) => one.kind !== "number" && one.status === "read" && isOpen(one)), group = {};
  for (const one of right) send({ kind: one.kind, action: "accept", key: one.key, seen: one.seen }, false, group).catch(() => {});
  const left = of.find(isOpen);
  if (left && left !== item) return choose(left.key);
  state.chosen = of.at(-1).key;
  redress(item.key);
  step(1);
};
const lineOf = (at) => {
  if (!state.lines) {
    state.lines = [];
    let place = 0;
    for (const c of state.text) { if (c === "\n") state.lines.push(place); place++; }
  }
  let [low, high] = [0, state.lines.length];
  while (low < high) { const middle = (low + high) >> 1; if (state.lines[middle] < at) low = middle + 1; else high = middle; }
  return low;
};
const remove = () => {
  const item = current();
  if (item && item.kind !== "number" && item.status !== "removed") return send({ kind: item.kind, action: "remove", key: item.key, seen: item.seen }).catch(() => {});
};
const described = () => {
  const item = current();
  if (item?.kind !== "number") return;
  send({ kind: "number", action: "correct", key: item.key, seen: item.seen }).catch(() => {});
  step(1);
};
// Takes back what was done last here, or what was done to the chosen item.
// It waits until what was done before is saved, so that it is that which is taken back.
const undo = () => {
  const own = state, key = own.chosen;
  return queue.then(() => {
    if (own !== state) return;
    const item = own.by.get(key), last = item?.slot ? { kind: item.kind, slot: item.slot, seen: item.seen, key } : own.done.pop();
    if (!last) return;
    const all = [last];
    while (last.group && own.done.at(-1)?.group === last.group) all.push(own.done.pop());
    return Promise.all(all.map((one) => send({ kind: one.kind, action: "undo", slot: one.slot, key: one.key, seen: one.seen }, true)));
  }).catch(() => {});
};

// The server has written it when it answers; until then the page says that it is saving, and work goes on. One after the other: what is
// done to an item that is still being saved comes after that.
let queue = Promise.resolve();
const send = (wish, isUndo = false, group = null) => {
  const own = state, editing = own.editing;
  tell(T.saving);
  const wait = (more) => {
    const count = (own.pending.get(wish.key) ?? 0) + more;
    if (count > 0) own.pending.set(wish.key, count); else own.pending.delete(wish.key);
    if (own === state) redress(wish.key);
  };
  if (wish.key) wait(1);
  own.sent++;
  const done = queue.then(() => attempt(own, editing, wish, isUndo, group)).finally(() => { own.answered++; if (wish.key) wait(-1); });
  queue = done.catch(() => {});
  return done;
};
const attempt = async (own, editing, wish, isUndo, group) => {
  const shown = own.by.get(wish.key);
  try {
    const answer = await ask(`document/${own.id}/do`, shown ? { ...wish, seen: shown.seen } : wish);
    if (own !== state) return;
    own.stamp = answer.stamp;
    own.unfit = answer.unfit;
    take(answer);
    if (!isUndo) own.done.push({ kind: wish.kind, slot: answer.slot, seen: [answer.id], group });
    if (own.editing === editing) own.editing = null;
    if (!own.editing) {
      if (answer.key && (wish.action === "add" || !own.by.has(own.chosen))) choose(answer.key, false); else if (!own.by.has(own.chosen)) choose(null); else side();
    }
    count();
    tell(T.saved);
  } catch (error) {
    tell(`${T.failed}: ${error.message}`);
    if (error.status === 404 && wish.key && own === state) await again();
    throw error;
  }
};
const take = ({ changed, gone }) => {
  const places = (item) => JSON.stringify(item?.spans ?? null);
  // Items that stand where they stood change their own pieces; others cut the text anew.
  const same = !gone.length && changed.every((item) => places(state.by.get(item.key)) === places(item));
  for (const key of gone) state.by.delete(key);
  for (const item of changed) state.by.set(item.key, item);
  if (same) {
    state.items = state.items.map((item) => state.by.get(item.key));
    changed.forEach((item) => redress(item.key));
  } else {
    state.items = [...state.by.values()].sort((a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0));
    const top = state.box.scrollTop;
    paint();
    state.box.scrollTop = top;
  }
};
const again = async () => {
  const { id, chosen, viewing, page } = state, top = state.box.scrollTop;
  await open(id);
  if (!viewing) view(); else look(null, page ?? 0);
  state.box.scrollTop = top;
  if (state.by.has(chosen)) choose(chosen, false);
};

// Characters of the document that are selected.
const selected = () => {
  const own = getSelection();
  if (!own.rangeCount || own.isCollapsed) return null;
  const range = own.getRangeAt(0);
  if (!state.box.contains(range.startContainer) || !state.box.contains(range.endContainer)) return null;
  const place = (node, offset) => {
    const piece = state.pieces.find((one) => one.node === node || one.node.contains(node));
    if (piece) return piece.from + Array.from((node.nodeType === 3 ? node.data : node.textContent).slice(0, node.nodeType === 3 ? offset : offset ? undefined : 0)).length;
    return state.pieces[offset]?.from ?? state.length;
  };
  const [start, end] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
  return end > start ? { start, end } : null;
};
const add = async (kind) => {
  const words = selected(), item = current();
  // Without words that are selected those of the item: a number that was not read, with its sentence, or what is to be read as another kind.
  const own = !words && item?.spans.length ? { start: item.spans[0][0], end: item.kind === "number" ? item.spans.at(-1)[1] : item.spans[0][1], widen: item.kind === "number" } : null;
  if (!words && !own) return tell(T.select);
  const asked = words ?? own;
  try {
    const about = state, proposal = await ask(`document/${about.id}/propose`, { kind, ...asked });
    if (about !== state) return;
    about.editing = { kind, action: "add", start: proposal.start, end: proposal.end, words: proposal.words, fields: proposal.fields, seen: [] };
    getSelection().removeAllRanges();
    side();
  } catch (error) { tell(error.message); }
};

const keys = { n: () => step(1), p: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), a: () => accept(), A: () => acceptLine(), o: () => document.getElementById("open-only").click(), e: () => edit(), g: () => edit("lead"), d: () => remove(), Delete: () => remove(), u: () => undo(), m: () => described(), v: () => view(), z: () => larger(), t: () => add("target"), f: () => add("fact"), c: () => add("task"), h: () => add("deadline") };
document.addEventListener("keydown", (event) => {
  if (!state || event.ctrlKey || event.metaKey || event.altKey) return;
  if (state.editing) {
    if (event.key === "Escape") { event.preventDefault(); cancel(); return; }
    if (event.key === "Enter" && !event.shiftKey && event.target.tagName === "TEXTAREA") { event.preventDefault(); save(); }
    return;
  }
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
  if (event.key === "Escape") return choose(null);
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
main.addEventListener("click", (event) => {
  const key = event.target.closest?.("[data-key]")?.dataset.key;
  if (key && state && getSelection().isCollapsed) choose(key, false);
});

// What others do is seen within a few seconds, unless something is being typed.
setInterval(async () => {
  const own = state;
  if (!own || own.editing || document.hidden || own.sent !== own.answered) return;
  // What was saved from here meanwhile is nobody else's.
  const { sent } = own;
  try {
    const { stamp } = await ask("stamp");
    if (own === state && !own.editing && own.sent === sent && stamp !== own.stamp) { await again(); tell(T.others); }
  } catch { /* told already */ }
}, 3000);
const route = () => { const id = location.hash.slice(1); document.documentElement.removeAttribute("data-ready"); (/^[0-9a-f]{15}$/.test(id) ? open(id) : list()).catch((error) => { main.replaceChildren(el("p", { id: "told", class: "wrong" }, error.message)); tell(error.message); }); };
addEventListener("hashchange", route);
route();
