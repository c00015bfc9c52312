// A document: its text cut at the borders of items; the innermost item of a piece gives its colour, findings underline it.
const order = ["indicator", "subject", "text", "comparator", "value", "value_to", "range", "unit", "type", "number", "date", "issuer", "title", "owner", "coordinate", "agencies", "deadline", "about"];
const rank = ([key]) => (order.includes(key) ? order.indexOf(key) : 99);
const coded = new Set(["comparator", "direction", "origin", "role", "kind", "every", "exclusive", "holds"]);
const said = (key, value) => {
  if (typeof value === "number") return number(value);
  if (coded.has(key) && T.values[value]) return T.values[value];
  if (Array.isArray(value)) return value.map((one) => said(key, one)).join("; ");
  if (value !== null && typeof value === "object") return Object.entries(value).map(([name, one]) => `${T.fields[name] ?? name}: ${said(name, one)}`).join(", ");
  return String(value);
};

const reader = () => {
  const one = documents[state.document];
  const chooser = documents.length <= 500 ? el("label", { class: "choose" }, T.choose, el("select", { id: "choose", on: { change: (event) => go({ view: "reader", document: Number(event.target.value) }) } }, documents.map((other, at) => el("option", { value: at, selected: at === state.document }, other.label + (other.title && other.label === other.name ? " – " + cut(other.title, 80) : ""))))) : el("p", {}, link(T.choose_other, { view: "documents" }));
  if (!one?.text) return [chooser, el("p", {}, T.no_text)];
  const { text, items, sections } = read("doc-" + state.document), points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  // A layout that put an empty line between any two lines is shown without them.
  const filled = text.split("\n").filter((line) => line.trim()).length, doubled = (text.match(/\S[^\S\n]*\n[^\S\n]*\n[^\S\n]*\S/g) ?? []).length > filled * 0.3;
  const slice = (from, to) => (points ? points.slice(from, to).join("") : text.slice(from, to)), length = points ? points.length : text.length;
  const seen = (piece) => (doubled ? piece.replace(/\n[^\S\n]*\n\s*\n/g, "\n\n").replace(/(\S[^\S\n]*|^)\n[^\S\n]*\n(?=[^\S\n]*\S|$)/g, "$1\n") : piece);
  const spans = items.flatMap((item, at) => item.spans.map(([start, end]) => ({ start, end, at })));
  for (const section of sections) spans.push({ start: section.start, end: section.end, section });
  for (const wrong of data.findings) if (wrong.severity !== "undecided") for (const side of wrong.sides) if (side.document === state.document) spans.push({ start: side.start, end: side.end, wrong });
  if (state.at !== null) spans.push({ start: state.at, end: state.to, place: true });
  const borders = [...new Set([0, length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  spans.sort((a, b) => a.start - b.start);
  const box = el("div", { class: "source", lang: "vi", id: "source" });
  const record = el("aside", { class: "record", id: "record", "aria-label": T.record, "aria-live": "polite" }, el("p", { class: "muted" }, T.click));
  const show = (node, own, wrong) => {
    for (const old of box.querySelectorAll(".chosen")) old.classList.remove("chosen");
    node.classList.add("chosen");
    if (own.length) for (const same of box.querySelectorAll(`[data-item="${own[0]}"]`)) same.classList.add("chosen");
    record.replaceChildren(
      ...wrong.map((told) => el("section", { class: "told-here " + told.severity }, el("h3", {}, el("span", { class: "badge" }, `${big(T.severities[told.severity])} ${told.code}`)), el("p", {}, told.problem), el("p", {}, el("b", {}, T.action, ": "), told.action), link(T.show_finding, { view: "findings", search: told.fingerprint, family: "", severity: "", of: "", unit: "", year: "" }))),
      ...own.map((at) => el("section", {}, el("h3", { class: "k-" + items[at].kind }, T.kinds[items[at].kind] ?? items[at].kind, " ", items[at].id), el("dl", {}, Object.entries(items[at].record).sort((a, b) => rank(a) - rank(b)).map(([key, value]) => [el("dt", { class: "muted" }, T.fields[key] ?? key), el("dd", {}, said(key, value))])))));
    record.scrollTop = 0;
  };
  let within = [], next = 0;
  const begun = new Set();
  for (let at = 0; at + 1 < borders.length; at++) {
    const [from, to] = [borders[at], borders[at + 1]];
    within = within.filter((span) => span.end > from);
    while (next < spans.length && spans[next].start <= from) { if (spans[next].end > from) within.push(spans[next]); next++; }
    const own = [...new Set(within.filter((span) => span.at !== undefined).sort((a, b) => a.end - a.start - (b.end - b.start)).map((span) => span.at))];
    const wrong = [...new Set(within.filter((span) => span.wrong).map((span) => span.wrong))], head = within.find((span) => span.section);
    let node = document.createTextNode(seen(slice(from, to)));
    if (own.length || wrong.length) {
      const key = own.length ? own[0] : wrong[0], fresh = !begun.has(key), worst = ["error", "warning", "note"].find((severity) => wrong.some((told) => told.severity === severity));
      begun.add(key);
      const act = (event) => { if (event.type === "click" || event.key === "Enter" || event.key === " ") { event.preventDefault(); show(event.currentTarget, own, wrong); } };
      const kind = own.length ? items[own[0]].kind : null, title = [...wrong.map((told) => `${T.severities[told.severity]} ${told.code}`), kind ? T.kinds[kind] : null].filter(Boolean).join(", ");
      node = el("span", { class: ["item", kind ? "k-" + kind : "", worst ? "f-" + worst : ""].filter(Boolean).join(" "), "data-item": own[0] ?? null, role: fresh ? "button" : null, tabindex: fresh ? 0 : null, "aria-controls": fresh ? "record" : null, title, on: { click: act, keydown: act } }, node);
    }
    if (head) node = el("span", { class: "k-section", id: head.start === from ? "section-" + head.section.id : null }, node);
    if (within.some((span) => span.place)) node = el("span", { class: "place", "data-place": true }, node);
    box.append(node);
  }
  const tree = el("details", { class: "tree", open: window.innerWidth > 900 }, el("summary", {}, T.sections), el("nav", { "aria-label": T.sections }, el("ul", {}, sections.map((section) => {
    const to = () => document.getElementById("section-" + section.id)?.scrollIntoView({ block: "start" });
    const button = el("button", { class: "link", type: "button", on: { click: to } }, section.path + " " + cut(section.title, 90));
    button.style.paddingLeft = Math.min(6, section.level - 1) * 0.7 + "rem";
    return el("li", {}, button);
  }))));
  // What nothing understood is counted, and shown one after the other.
  const lost = items.filter((item) => item.kind === "unread" && item.spans.length).length;
  let shown = -1;
  const following = () => {
    const places = box.querySelectorAll(".k-unread");
    if (!places.length) return;
    shown = (shown + 1) % places.length;
    places[shown].scrollIntoView({ block: "center" });
    places[shown].click();
  };
  return [chooser, el("h2", {}, one.name), one.title ? el("p", {}, one.title) : null, el("p", { class: "muted path" }, one.path),
    el("p", { class: "legend" }, ["target", "task", "deadline", "reference", "fact", "sum"].filter((kind) => items.some((item) => item.kind === kind)).map((kind) => el("span", { class: "k-" + kind }, T.kinds[kind])), ["error", "warning", "note"].filter((severity) => one.counts[severity]).map((severity) => el("span", { class: "f-" + severity }, T.severities[severity])),
      lost ? el("button", { class: "link", type: "button", "data-unread": lost, on: { click: following } }, el("span", { class: "k-unread" }, `${T.kinds.unread}: ${number(lost)}`)) : null),
    el("div", { class: "reader" }, tree, box, record)];
};
