// What the plans below make of each target of an upper plan; what a plan's own targets and tasks lack.
const kinds = ["missing", "below", "weaker", "unclear", "up"];
const coverage = () => {
  const near = (list) => list.some((at) => fits(at, () => plain(state.search)));
  const has = (text) => !state.search || plain(text).includes(plain(state.search));
  const matrices = data.coverage.matrices.filter((one) => near([one.upper, ...one.below]) && has(label(one.upper) + one.rows.map((row) => row.indicator).join(" ")));
  const gaps = data.coverage.gaps.filter((one) => near([one.document]) && has([label(one.document), ...one.targets_without_task, ...one.tasks_without_lead].join(" ")));
  live.textContent = `${matrices.length} / ${data.coverage.matrices.length} ${T.coverage}`;
  return [
    matrices.length ? [el("p", {}, T.coverage_means), el("p", { class: "legend" }, kinds.map((kind) => el("span", { class: "t-" + kind }, T.taken[kind])))] : el("p", {}, data.coverage.matrices.length ? T.nothing : T.no_coverage),
    matrices.map(matrix),
    gaps.length ? el("h2", {}, T.gaps) : null,
    gaps.map((one) => el("section", { class: "gap" }, el("h3", {}, label(one.document)), [[T.no_task, one.targets_without_task], [T.no_lead, one.tasks_without_lead]].filter(([, list]) => list.length).map(([name, list]) => el("details", { open: printing }, el("summary", {}, `${name}: ${number(list.length)}`), el("ul", {}, list.map((text) => el("li", {}, text))))))),
  ];
};
const matrix = (one) => {
  const rows = one.rows.filter((row) => !state.search || plain(label(one.upper) + row.indicator).includes(plain(state.search)));
  const counted = (at) => kinds.map((kind) => [kind, one.rows.filter((row) => row.taken[at] === kind).length]).filter(([, count]) => count).map(([kind, count]) => el("span", { class: "t-" + kind }, `${T.taken[kind]} ${count}`));
  return el("section", {}, el("h2", {}, label(one.upper)), el("ul", { class: "below" }, one.below.map((at, column) => el("li", {}, el("b", {}, label(at)), " ", counted(column)))),
    grid([{ head: T.upper_target, class: () => "title", cell: (row) => row.indicator }, { head: T.wanted, class: () => "value", cell: (row) => row.wanted },
      ...one.below.map((at, column) => ({ head: documents[at].name, class: (row) => "t-" + row.taken[column], cell: (row) => T.taken[row.taken[column]] + (row.own[column] ? `: ${row.own[column]}` : "") }))], rows, { label: label(one.upper) }));
};
