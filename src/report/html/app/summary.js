// At first sight: how many documents, how many errors, in which of them.
const audit = data.purpose === "audit";
const severities = ["error", "warning", "note", "undecided"];
for (const one of documents) one.counts = { error: 0, warning: 0, note: 0, undecided: 0 };
// A finding between documents counts for each of them.
for (const one of data.findings) for (const at of new Set(one.sides.map((side) => side.document))) if (documents[at]) documents[at].counts[one.severity]++;
const total = (severity) => data.findings.filter((one) => one.severity === severity).length;
const weight = (one) => one.counts.error * 1e6 + one.counts.warning * 1e3 + one.counts.note;

const choice = () => {
  const { unit, year, against, of } = data.choice, asked = documents.filter((one) => one.asked).length, parts = [];
  if (unit || year) parts.push(`${T.chosen}: ${[unit ? `${T.unit.toLowerCase()} “${unit}”` : null, year ? `${T.year.toLowerCase()} ${year}` : null].filter(Boolean).join(", ")} (${number(asked)} / ${number(of)} ${T.documents.toLowerCase()}). ${T.chosen_rest}`);
  if (against) parts.push(`${T.against}: ${documents.find((one) => one.path === against)?.label ?? against}.`);
  return parts.join(" ");
};

const lead = () => {
  const count = (severity, change) => el("button", { type: "button", class: "link " + severity, on: { click: () => go({ view: "findings", severity, family: "", of: "", ...change }) } }, el("b", {}, number(total(severity))), " ", T.many[severity]);
  const asked = documents.filter((one) => one.asked), wrong = asked.filter((one) => one.counts.error).length;
  if (!audit) return [el("p", { class: "lead" }, el("b", {}, number(asked.length)), ` ${T.documents.toLowerCase()}: `, el("b", {}, number(data.items.length)), ` ${T.targets.toLowerCase()}, `, el("b", {}, number(data.tasks.length)), ` ${T.tasks.toLowerCase()}, `, el("b", {}, number(data.deadlines.length)), ` ${T.deadlines.toLowerCase()}.`), el("p", { class: "muted" }, T.no_findings_here)];
  return el("p", { class: "lead" }, el("b", {}, number(asked.length)), ` ${T.documents.toLowerCase()}: `, count("error"), ", ", count("warning"), ", ", count("note"), ". ",
    total("error") ? `${T.wrong}: ${number(wrong)} / ${number(asked.length)} ${T.documents.toLowerCase()}.` : data.findings.some((one) => one.severity !== "undecided") ? T.no_errors : T.clean);
};

const summary = () => {
  const tile = (count, name, kind, change) => el("button", { type: "button", class: "tile " + kind, on: { click: () => go(change) } }, el("b", {}, number(count)), name);
  const rules = new Map();
  for (const one of data.findings) if (one.severity !== "undecided") rules.set(one.code, (rules.get(one.code) ?? 0) + 1);
  const ranked = documents.map((_, at) => at).sort((a, b) => documents[b].asked - documents[a].asked || weight(documents[b]) - weight(documents[a]) || a - b), first = printing ? ranked : ranked.slice(0, 20);
  return [
    lead(),
    data.unread.length ? el("section", { class: "warn" }, el("h2", {}, `${T.unread}: ${data.unread.length}`), el("ul", {}, data.unread.map((one) => el("li", {}, one)))) : null,
    el("div", { class: "tiles" }, tile(documents.filter((one) => one.asked).length, T.documents, "", { view: "documents" }),
      audit ? severities.map((one) => tile(total(one), big(T.many[one]), one, { view: "findings", severity: one, family: "", of: "" })) : null,
      tile(data.items.length, T.targets, "", { view: "targets" }), tile(data.tasks.length, T.tasks, "", { view: "tasks" }), tile(data.deadlines.length, T.deadlines, "", { view: "deadlines" })),
    data.accepted || data.known ? el("p", { class: "muted" }, `${T.accepted}: ${data.accepted}; ${T.known}: ${data.known}`) : null,
    el("h2", {}, audit ? T.worst_first : T.documents), documentTable(first),
    first.length < ranked.length ? el("p", {}, link(`${T.all_documents} (${number(ranked.length)})`, { view: "documents" })) : null,
    audit && rules.size ? [el("h2", {}, T.by_rule), grid([
      { head: T.rule, cell: ([code]) => link(code, { view: "findings", family: code, severity: "", of: "" }) },
      { head: T.what, cell: ([code]) => data.rules[code] ?? "" },
      { head: T.count, number: true, cell: ([, count]) => number(count) }], [...rules].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))] : null,
  ];
};

const documentTable = (list) => {
  const counted = (severity) => ({ head: big(T.many[severity]), number: true, cell: (at) => { const count = documents[at].counts[severity]; return count ? link(number(count), { view: "findings", of: String(at), severity, family: "", unit: "", year: "", search: "" }, { class: "link " + severity, "aria-label": `${count} ${T.severities[severity]}: ${label(at)}` }) : el("span", { class: "muted" }, "0"); } });
  const amount = (key, view, name) => ({ head: name, number: true, cell: (at) => (documents[at][key] && documents[at].asked ? link(number(documents[at][key]), { view, of: String(at), unit: "", year: "", search: "" }, { "aria-label": `${documents[at][key]} ${name}: ${label(at)}` }) : number(documents[at][key])) });
  return grid([
    { head: T.document, class: () => "title", cell: (at) => { const one = documents[at]; return [one.text ? link(one.name, { view: "reader", document: at }) : el("b", {}, one.name), one.asked ? null : el("span", { class: "tag" }, T.compared), one.title && one.title !== one.name ? el("div", {}, one.title) : null, names.get(one.name) > 1 ? el("div", { class: "muted path" }, one.path) : null]; } },
    { head: T.issuer, spare: true, has: (at) => documents[at].issuer, cell: (at) => documents[at].issuer ?? "" },
    { head: T.year, spare: true, has: (at) => documents[at].year, cell: (at) => documents[at].year },
    audit ? ["error", "warning", "note"].map(counted) : [],
    amount("targets", "targets", T.targets), amount("tasks", "tasks", T.tasks), amount("deadlines", "deadlines", T.deadlines)].flat(), list, { label: T.documents });
};

const documentList = () => {
  const list = documents.map((_, at) => at).filter((at) => { const one = documents[at]; return fits(at, () => (one.plain ??= plain([one.name, one.title, one.issuer, one.unit, one.path].join(" ")))); });
  return [told(list.length, documents.length, T.documents), list.length ? paged(list, 100, documentTable) : el("p", {}, T.nothing)];
};
