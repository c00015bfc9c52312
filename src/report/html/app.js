"use strict";
// Text of documents is data: it reaches the page through textContent and text nodes alone.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data"), T = data.words;
  const el = (name, set = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(set)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (key === "class") node.className = value;
      else node.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(9)) if (child !== null && child !== undefined) node.append(child instanceof Node ? child : String(child));
    return node;
  };
  const svg = (name, set = {}, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(set)) node.setAttribute(key, value);
    for (const child of children.flat(9)) node.append(child instanceof Node ? child : String(child));
    return node;
  };
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const number = (value) => (typeof value === "number" ? value.toLocaleString(data.lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 6 }) : value ?? "");
  // Lines that a layout doubled or indented, closed up; line breaks stay.
  const closed = (text) => text.replace(/[ \t\u00a0]+/g, " ").replace(/ ?[\r\n\f]\s*/g, "\n");
  const order = ["indicator", "subject", "text", "comparator", "value", "value_to", "range", "unit", "type", "number", "date", "issuer", "title", "owner", "coordinate", "agencies", "deadline", "about"];
  const rank = ([key]) => (order.indexOf(key) + 100) % 100 || (key === order[0] ? -1 : 99);
  const coded = new Set(["comparator", "direction", "origin", "role", "kind", "every", "exclusive", "holds"]);
  const said = (key, value) => typeof value === "number" ? number(value) : (coded.has(key) && T.values[value]) || (Array.isArray(value) ? value.map((one) => said(key, one)).join("; ") : value !== null && typeof value === "object" ? Object.entries(value).map(([name, one]) => `${T.fields[name] ?? name}: ${said(name, one)}`).join(", ") : String(value));
  const day = (iso) => (iso && data.lang === "vi" ? iso.split("-").reverse().join("/") : iso ?? "");
  const documents = data.documents, main = document.getElementById("main"), live = document.getElementById("live");
  const state = { view: "summary", search: "", unit: "", year: "", family: "", severity: "", page: 0, document: 0, at: null };
  const go = (change) => { Object.assign(state, { at: null, to: null }, change); draw(); window.scrollTo(0, 0); if (state.at !== null) scrollToPlace(); };

  // Filters: one set for all views.
  const fits = (document, text, extra = true) => {
    const one = documents[document];
    return extra && (!state.unit || (one && one.unit === state.unit)) && (!state.year || (one && one.year === state.year)) && (!state.search || text().includes(plain(state.search)));
  };
  const unique = (list) => [...new Set(list.filter(Boolean))].sort((a, b) => a.localeCompare(b, "vi"));
  const units = unique(documents.map((one) => one.unit)), years = unique(documents.map((one) => one.year));
  for (const one of data.findings) one.plain = null;
  const words = (one) => (one.plain ??= plain([one.code, one.name, one.place, one.problem, one.action, ...one.sides.map((side) => side.text + " " + documents[side.document]?.name)].join(" ")));
  const found = () => data.findings.filter((one) => (!state.family || one.code.startsWith(state.family)) && (!state.severity || one.severity === state.severity)
    && (one.sides.length ? one.sides.some((side, at) => fits(side.document, () => words(one))) : fits(-1, () => words(one))));

  const filters = (families) => {
    const choice = (label, key, options, told = (x) => x) => el("label", {}, label, el("select", { on: { change: (event) => { state[key] = event.target.value; state.page = 0; body(); } } },
      el("option", { value: "" }, T.all), options.map((one) => el("option", { value: one, selected: state[key] === one }, told(one)))));
    let wait = 0;
    const search = el("input", { type: "search", value: state.search, id: "search", on: { input: (event) => { clearTimeout(wait); wait = setTimeout(() => { state.search = event.target.value; state.page = 0; body(); }, 120); } } });
    return el("form", { class: "filters", role: "search", on: { submit: (event) => event.preventDefault() } }, el("label", {}, T.search, search), choice(T.unit, "unit", units), choice(T.year, "year", years),
      families ? choice(T.family, "family", unique(data.findings.map((one) => one.code.slice(0, 2))), (code) => code + " – " + (T.families[code] ?? code)) : null,
      families ? choice(T.severity, "severity", ["error", "warning", "note", "undecided"].filter((one) => data.findings.some((finding) => finding.severity === one)), (one) => T.severities[one]) : null);
  };
  const paged = (list, size, make) => {
    const last = Math.max(0, Math.ceil(list.length / size) - 1);
    state.page = Math.min(state.page, last);
    const turn = (by) => () => { state.page += by; body(); main.scrollIntoView(); };
    const bar = () => (last ? el("nav", { class: "pager", "aria-label": T.pages }, el("button", { disabled: state.page === 0, on: { click: turn(-1) } }, T.back),
      `${state.page + 1} / ${last + 1}`, el("button", { disabled: state.page === last, on: { click: turn(1) } }, T.next)) : null);
    return [bar(), make(list.slice(state.page * size, (state.page + 1) * size)), bar()];
  };

  // Views.
  const tile = (count, label, kind, change) => el("button", { class: "tile " + kind, on: { click: () => go(change) } }, el("b", {}, number(count)), label);
  const summary = () => {
    const count = (severity) => data.findings.filter((one) => one.severity === severity).length;
    const families = new Map();
    for (const one of data.findings) if (one.severity !== "undecided") families.set(one.code, (families.get(one.code) ?? 0) + 1);
    return [
      el("div", { class: "tiles" }, tile(documents.length, T.documents, "", { view: "documents" }),
        ["error", "warning", "note", "undecided"].map((one) => tile(count(one), T.severities[one], one, { view: "findings", severity: one, family: "", page: 0 })),
        tile(data.items.length, T.targets, "", { view: "targets", page: 0 }), tile(data.deadlines.length, T.deadlines, "", { view: "deadlines", page: 0 })),
      data.accepted || data.known ? el("p", { class: "muted" }, `${T.accepted}: ${data.accepted}; ${T.known}: ${data.known}`) : null,
      el("h2", {}, T.by_rule), families.size ? el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, [T.rule, T.what, T.count].map((one) => el("th", { scope: "col" }, one)))),
        el("tbody", {}, [...families].sort((a, b) => b[1] - a[1]).map(([code, times]) => el("tr", {}, el("td", {}, el("button", { class: "link", on: { click: () => go({ view: "findings", family: code, severity: "", page: 0 }) } }, code)), el("td", {}, data.rules[code] ?? ""), el("td", { class: "num" }, times)))))) : el("p", {}, T.clean),
      el("h2", {}, T.documents), documentTable(),
      data.unread.length ? [el("h2", {}, T.unread), el("ul", {}, data.unread.map((one) => el("li", {}, one)))] : null,
    ];
  };
  const documentTable = () => el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, [T.number, T.title, T.issuer, T.unit, T.year, T.targets, T.tasks, T.findings].map((one) => el("th", { scope: "col" }, one)))),
    el("tbody", {}, documents.map((one, at) => [one, at]).filter(([one, at]) => fits(at, () => plain([one.name, one.title, one.issuer, one.path].join(" ")))).slice(0, 500).map(([one, at]) => el("tr", {},
      el("td", {}, el("button", { class: "link", on: { click: () => go({ view: "reader", document: at }) } }, one.name)), el("td", {}, one.title ?? ""), el("td", {}, one.issuer ?? ""), el("td", {}, one.unit), el("td", {}, one.year), el("td", { class: "num" }, one.targets), el("td", { class: "num" }, one.tasks), el("td", { class: "num" }, one.findings))))));
  const placeButton = (side) => documents[side.document]?.text ? el("button", { class: "link", on: { click: () => go({ view: "reader", document: side.document, at: side.start, to: side.end }) } }, T.open) : null;
  const finding = (one) => el("article", { class: "finding " + one.severity, "aria-label": one.code + " " + T.severities[one.severity] },
    el("h3", {}, el("span", { class: "badge" }, one.code + " · " + T.severities[one.severity]), " ", data.rules[one.code] ?? one.name),
    el("dl", { class: "told" }, [[T.where, one.place], [T.problem, one.problem], [T.action, one.action]].filter(([, text]) => text).map(([label, text]) => [el("dt", {}, label), el("dd", {}, text)])),
    el("div", { class: "sides" }, one.sides.map((side) => el("div", { class: "side" }, el("div", { class: "muted" }, documents[side.document]?.name ?? side.path, side.section ? `, ${T.section} ${side.section}` : "", side.page ? `, ${T.page} ${side.page}` : "", " ", placeButton(side)),
      el("blockquote", {}, side.before ? "…" : null, closed(side.before), el("mark", {}, closed(side.text)), closed(side.after), side.after ? "…" : null)))),
    one.fingerprint ? el("p", { class: "muted" }, one.fingerprint) : null);
  const group = (list) => {
    const out = []; let last = null;
    for (const one of list) {
      const key = (one.sides[0]?.document ?? -1) + one.code.slice(0, 2);
      if (key !== last) out.push(el("h2", {}, documents[one.sides[0]?.document]?.name ?? T.collection, " – ", T.families[one.code.slice(0, 2)] ?? one.code.slice(0, 2)));
      last = key; out.push(finding(one));
    }
    return el("div", {}, out);
  };
  const findings = () => { const list = found(); live.textContent = `${list.length} ${T.findings}`; return [el("p", { "aria-hidden": "true" }, `${number(list.length)} ${T.findings}`), paged(list, printing ? 1e9 : 50, group)]; };
  const grid = (heads, rows) => el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, heads.map((one) => el("th", { scope: "col" }, one)))), el("tbody", {}, rows)));
  const targets = () => {
    const list = data.items.filter((one) => fits(one.document, () => (one.plain ??= plain([one.name, one.lead, one.coordinate, one.monitor, documents[one.document].name].join(" ")))));
    live.textContent = `${list.length} ${T.targets}`;
    return paged(list, printing ? 1e9 : 100, (part) => grid([T.number, T.target, T.compares, T.value, T.measure, T.result, T.due, T.lead, T.coordinate, T.monitor], part.map((one) => el("tr", {},
      el("td", {}, el("button", { class: "link", on: { click: () => go({ view: "reader", document: one.document, at: one.start, to: one.end }) } }, documents[one.document].name)), el("td", {}, one.name), el("td", {}, one.compares), el("td", { class: "num" }, number(one.value), one.to ? " – " + number(one.to) : ""), el("td", {}, one.unit ?? ""), el("td", { class: "num" }, number(one.result)), el("td", {}, day(one.due)), el("td", {}, one.lead), el("td", {}, one.coordinate), el("td", {}, one.monitor)))));
  };
  const series = () => {
    const list = data.series.filter((one) => (!state.search || plain(one.name + " " + one.unit).includes(plain(state.search))) && (!state.unit || one.unit === state.unit) && (!state.year || one.points.some((point) => String(point.year) === state.year)));
    live.textContent = `${list.length} ${T.series}`;
    return list.length ? paged(list, printing ? 1e9 : 12, (part) => el("div", { class: "charts" }, part.map(chart))) : el("p", {}, T.no_series);
  };
  const chart = (one) => {
    const width = 360, height = 170, left = 48, bottom = 26, points = one.points, values = points.flatMap((point) => [...point.want, ...point.got]);
    let low = Math.min(...values), high = Math.max(...values); if (low === high) { low -= 1; high += 1; }
    const first = Math.min(...points.map((point) => point.year)), last = Math.max(...points.map((point) => point.year)), span = Math.max(1, last - first);
    const x = (year) => first === last ? (width + left) / 2 : left + 14 + ((year - first) / span) * (width - left - 40), y = (value) => 12 + (1 - (value - low) / (high - low)) * (height - bottom - 24);
    const draw = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${one.name}, ${one.unit}` });
    for (const value of [low, high]) draw.append(svg("line", { class: "axis", x1: left, x2: width, y1: y(value), y2: y(value) }), svg("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, number(Math.round(value * 1000) / 1000)));
    for (const year of new Set(points.map((point) => point.year))) draw.append(svg("text", { x: x(year), y: height - 6, "text-anchor": "middle" }, year));
    for (const kind of ["want", "got"]) {
      const own = points.filter((point) => point[kind].length);
      if (own.length > 1) draw.append(svg("polyline", { class: kind, "stroke-width": 2, points: own.map((point) => `${x(point.year)},${y(point[kind][0])}`).join(" ") }));
      for (const point of own) for (const value of point[kind]) draw.append(svg("circle", { class: kind, "stroke-width": 2, cx: x(point.year), cy: y(value), r: 4 }, svg("title", {}, `${point.year}: ${kind === "want" ? T.target : T.result} ${number(value)} ${one.measure ?? ""}`)));
    }
    return el("figure", {}, el("figcaption", {}, one.name, one.measure ? ` (${one.measure})` : ""), el("div", { class: "muted" }, one.unit || T.unknown_unit), draw,
      grid([T.year, "○ " + T.target, "● " + T.result], points.map((point) => el("tr", {}, el("td", {}, point.year), el("td", { class: "num" }, point.want.map(number).join("; ")), el("td", { class: "num" }, point.got.map(number).join("; "))))));
  };
  const coverage = () => {
    const own = data.coverage.matrices.filter((one) => !state.search || plain(one.upper + one.rows.map((row) => row.indicator).join(" ")).includes(plain(state.search)));
    return [own.length ? own.map((one) => [el("h2", {}, one.upper), grid([T.target, T.value, ...one.below.map(([name]) => name)], one.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.indicator), el("td", {}, row.wanted), row.taken.map((taken) => el("td", { class: "t-" + taken }, T.taken[taken])))))]) : el("p", {}, T.no_coverage),
      data.coverage.gaps.map((one) => [el("h2", {}, one.document), [[T.no_task, one.targets_without_task], [T.no_lead, one.tasks_without_lead]].filter(([, list]) => list.length).map(([label, list]) => el("details", {}, el("summary", {}, `${label}: ${list.length}`), el("ul", {}, list.map((text) => el("li", {}, text)))))])];
  };
  const deadlines = () => {
    const list = data.deadlines.filter((one) => fits(one.document, () => (one.plain ??= plain([one.text, one.about, documents[one.document].name].join(" ")))));
    live.textContent = `${list.length} ${T.deadlines}`;
    const months = new Map(); for (const one of list) if (one.due) months.set(one.due.slice(0, 7), (months.get(one.due.slice(0, 7)) ?? 0) + 1);
    const names = [...months.keys()].sort(), most = Math.max(1, ...months.values()), width = Math.max(300, names.length * 34);
    const bars = names.length ? svg("svg", { viewBox: `0 0 ${width} 96`, role: "img", "aria-label": T.timeline }, names.map((name, at) => [svg("rect", { class: "bar", x: at * 34 + 8, width: 18, y: 66 - (months.get(name) / most) * 52, height: (months.get(name) / most) * 52 }, svg("title", {}, `${name}: ${months.get(name)}`)), svg("text", { x: at * 34 + 17, y: 62 - (months.get(name) / most) * 52, "text-anchor": "middle" }, months.get(name)), svg("text", { x: at * 34 + 17, y: 78, "text-anchor": "middle" }, name.slice(5)), svg("text", { x: at * 34 + 17, y: 91, "text-anchor": "middle" }, at === 0 || names[at - 1].slice(0, 4) !== name.slice(0, 4) ? name.slice(0, 4) : "")])) : null;
    return [bars ? el("div", { class: "scroll" }, bars) : null, paged(list, printing ? 1e9 : 100, (part) => { let last = null; return el("div", {}, part.map((one) => { const head = one.due ? one.due.slice(0, 7) : one.recurs ? T.recurring : T.undated; const title = head !== last ? el("h2", {}, one.due ? head.split("-").reverse().join("/") : head) : null; last = head;
      return [title, el("div", { class: "line" }, el("time", { datetime: one.due }, (one.exclusive ? T.before + " " : "") + (day(one.due) || one.recurs || "–")), el("div", {}, el("div", {}, one.about), el("div", { class: "muted" }, `“${one.text}” – ${documents[one.document].name} `, documents[one.document].text ? el("button", { class: "link", on: { click: () => go({ view: "reader", document: one.document, at: one.start, to: one.end }) } }, T.open) : null)))]; })); })];
  };
  // The document: its text cut at the borders of items; the innermost item of a piece gives its colour.
  const reader = () => {
    const one = documents[state.document], chooser = el("p", {}, el("label", {}, T.document, " ", el("select", { on: { change: (event) => go({ view: "reader", document: Number(event.target.value) }) } }, documents.map((other, at) => el("option", { value: at, selected: at === state.document }, other.name + (other.title ? " – " + other.title.slice(0, 80) : ""))))));
    if (!one?.text) return [chooser, el("p", {}, T.no_text)];
    const { text, items, sections } = read("doc-" + state.document), points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
    const cut = (from, to) => (points ? points.slice(from, to).join("") : text.slice(from, to)), length = points ? points.length : text.length;
    const spans = items.flatMap((item, at) => item.spans.map(([start, end]) => ({ start, end, at })));
    for (const section of sections) spans.push({ start: section.start, end: section.end, section });
    if (state.at !== null) spans.push({ start: state.at, end: state.to, place: true });
    const borders = [...new Set([0, length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
    spans.sort((a, b) => a.start - b.start);
    const box = el("div", { class: "source", lang: "vi", id: "source" }), record = el("aside", { class: "record", "aria-label": T.record, "aria-live": "polite" }, el("p", { class: "muted" }, T.click));
    const show = (at, node) => { for (const old of box.querySelectorAll(".chosen")) old.classList.remove("chosen"); for (const same of box.querySelectorAll(`[data-item="${at}"]`)) same.classList.add("chosen");
      const outer = node.dataset.all.split(" ").map(Number);
      record.replaceChildren(...outer.map((at) => el("section", {}, el("h3", {}, T.kinds[items[at].kind] ?? items[at].kind, " ", items[at].id), el("dl", {}, Object.entries(items[at].record).sort((a, b) => rank(a) - rank(b)).map(([key, value]) => [el("dt", { class: "muted" }, T.fields[key] ?? key), el("dd", {}, said(key, value))]))))); };
    let open = [], next = 0; const seen = new Set();
    for (let at = 0; at + 1 < borders.length; at++) {
      const [from, to] = [borders[at], borders[at + 1]];
      open = open.filter((span) => span.end > from);
      while (next < spans.length && spans[next].start <= from) { if (spans[next].end > from) open.push(spans[next]); next++; }
      const own = open.filter((span) => span.at !== undefined).sort((a, b) => a.end - a.start - (b.end - b.start)), head = open.find((span) => span.section), place = open.some((span) => span.place);
      let node = document.createTextNode(cut(from, to));
      if (own.length) {
        const first = own[0], item = items[first.at], fresh = !seen.has(first.at); seen.add(first.at);
        const act = (event) => { if (event.type === "click" || event.key === "Enter" || event.key === " ") { event.preventDefault(); show(first.at, event.currentTarget); } };
        node = el("span", { class: "item k-" + item.kind, "data-item": first.at, "data-all": [...new Set(own.map((span) => span.at))].join(" "), role: fresh ? "button" : null, tabindex: fresh ? 0 : null, title: T.kinds[item.kind], on: { click: act, keydown: act } }, node);
      }
      if (head) node = el("span", { class: "k-section", id: head.start === from ? "section-" + head.section.id : null }, node);
      if (place) node = el("span", { class: "place", "data-place": true }, node);
      box.append(node);
    }
    const tree = el("nav", { class: "tree", "aria-label": T.sections }, el("ul", {}, sections.map((section) => { const button = el("button", { class: "link", on: { click: () => document.getElementById("section-" + section.id)?.scrollIntoView({ block: "start" }) } }, section.path + " " + section.title.slice(0, 90)); button.style.paddingLeft = Math.min(6, section.level - 1) * 0.7 + "rem"; return el("li", {}, button); })));
    return [chooser, el("p", {}, el("b", {}, one.name), " ", one.title ?? "", " ", el("span", { class: "muted" }, one.path)), el("p", { class: "legend" }, ["target", "task", "deadline", "reference", "fact", "sum"].map((kind) => el("span", { class: "k-" + kind }, T.kinds[kind]))), el("div", { class: "reader" }, tree, box, record)];
  };
  const scrollToPlace = () => document.querySelector("[data-place]")?.scrollIntoView({ block: "center" });

  const views = { summary, findings, reader, targets, series, coverage, deadlines, documents: () => [documentTable()] };
  const tabs = [["summary", T.summary], ["findings", T.findings], ["documents", T.documents], ["reader", T.reader], ["targets", T.targets], ["series", T.series], ["coverage", T.coverage], ["deadlines", T.deadlines]];
  let printing = false, content = null;
  const body = () => content.replaceChildren(...[views[state.view]()].flat(9).filter(Boolean));
  const draw = () => {
    content = el("div", {});
    const bar = el("div", { role: "tablist", "aria-label": T.views }, tabs.map(([view, label], at) => el("button", { role: "tab", id: "tab-" + view, "aria-selected": String(state.view === view), "aria-controls": "panel", tabindex: state.view === view ? 0 : -1, on: { click: () => { go({ view, page: 0 }); document.getElementById("tab-" + view).focus(); },
      keydown: (event) => { const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]; if (step) { const other = tabs[(at + step + tabs.length) % tabs.length][0]; go({ view: other, page: 0 }); document.getElementById("tab-" + other).focus(); } } } }, label)));
    main.replaceChildren(bar, ...(["summary", "reader"].includes(state.view) ? [] : [filters(state.view === "findings")]), el("div", { role: "tabpanel", id: "panel", "aria-labelledby": "tab-" + state.view, tabindex: -1 }, content));
    body();
  };
  window.addEventListener("beforeprint", () => { printing = true; body(); });
  window.addEventListener("afterprint", () => { printing = false; body(); });
  draw();
  document.documentElement.dataset.ready = "yes";
})();
