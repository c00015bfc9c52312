// Findings by document and family, each with its passages side by side.
const words = (one) => (one.plain ??= plain([one.code, one.name, one.place, one.problem, one.action, one.fingerprint, ...one.sides.map((side) => side.text + " " + (documents[side.document]?.label ?? ""))].join(" ")));
const found = () => data.findings.filter((one) => (!state.family || one.code.startsWith(state.family)) && (!state.severity || one.severity === state.severity)
  && (one.sides.length ? one.sides.some((side) => fits(side.document, () => words(one))) : fits(-1, () => words(one))));

const finding = (one) => el("article", { class: "finding " + one.severity, "aria-label": `${one.code} ${T.severities[one.severity]}` },
  el("h3", {}, el("span", { class: "badge" }, `${big(T.severities[one.severity])} ${one.code}`), " ", data.rules[one.code] ?? one.name),
  el("dl", { class: "told" }, [[T.where, one.place], [T.problem, one.problem], [T.action, one.action]].filter(([, text]) => text).map(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])),
  el("div", { class: "sides" }, one.sides.map((side) => el("div", { class: "side" },
    el("div", { class: "muted" }, documents[side.document] ? (side.document === one.document ? short : label)(side.document) : side.path, side.section ? `, ${T.section} ${side.section}` : "", side.page ? `, ${T.page} ${side.page}` : "", opening(side)),
    el("blockquote", { lang: "vi" }, side.before ? "…" : null, closed(side.before).trimStart(), el("mark", {}, closed(side.text)), closed(side.after).trimEnd(), side.after ? "…" : null)))),
  one.fingerprint ? el("p", { class: "muted small" }, `${T.fingerprint}: ${one.fingerprint}`) : null);

const groups = (list) => {
  const out = [];
  let last = null;
  for (const one of list) {
    const family = one.code.slice(0, 2), key = `${one.severity === "undecided"} ${one.document} ${family}`;
    if (key !== last) out.push(el("h2", {}, one.severity === "undecided" ? `${big(T.severities.undecided)} – ` : "", label(one.document), " – ", T.families[family] ?? family));
    last = key;
    out.push(finding(one));
  }
  return el("div", {}, out);
};

const findings = () => {
  const list = found();
  // What could not be decided is no finding; it is counted where it alone is asked for.
  const counted = (all) => all.filter((one) => (one.severity === "undecided") === (state.severity === "undecided")).length;
  return [told(counted(list), counted(data.findings), T.findings), list.length ? paged(list, 50, groups) : el("p", {}, data.findings.length ? T.nothing : T.clean)];
};
