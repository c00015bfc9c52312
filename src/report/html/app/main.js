// Tabs, and what stands under the chosen one.
const views = { summary, findings, documents: documentList, reader, targets, tasks, series, coverage, deadlines };
const tabs = [["summary", T.summary], audit ? ["findings", T.findings, data.findings.filter((one) => one.severity !== "undecided").length] : null, ["documents", T.documents, documents.length], ["reader", T.reader], ["targets", T.targets, data.items.length], ["tasks", T.tasks, data.tasks.length],
  ["series", T.series, data.series.length], ["coverage", T.coverage, data.coverage.matrices.length], ["deadlines", T.deadlines, data.deadlines.length]].filter(Boolean);
let printing = false, content = null;
const body = () => content.replaceChildren(...[views[state.view]()].flat(9).filter((node) => node !== null && node !== undefined && node !== false));
const choose = (view) => { go({ view }); document.getElementById("tab-" + view).focus(); };
const draw = () => {
  content = el("div", {});
  const turn = (at) => (event) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); choose(tabs[(to + tabs.length) % tabs.length][0]); }
  };
  const bar = el("div", { role: "tablist", "aria-label": T.views }, tabs.map(([view, name, count], at) => el("button", { role: "tab", type: "button", id: "tab-" + view, "aria-selected": String(state.view === view), "aria-controls": "panel", tabindex: state.view === view ? 0 : -1, on: { click: () => choose(view), keydown: turn(at) } }, name, count === undefined ? null : el("span", { class: "pill" }, number(count)))));
  main.replaceChildren(bar, ...(["summary", "reader"].includes(state.view) ? [] : [filters(state.view)]), el("div", { role: "tabpanel", id: "panel", "aria-labelledby": "tab-" + state.view, tabindex: -1 }, content));
  body();
};
window.addEventListener("beforeprint", () => { printing = true; body(); });
window.addEventListener("afterprint", () => { printing = false; body(); });
const chosen = choice();
if (chosen) { const note = document.getElementById("choice"); note.textContent = chosen; note.hidden = false; }
document.body.append(el("footer", { class: "muted" }, `kehoach ${data.version}`));
history.replaceState({ ...state }, "");
draw();
document.documentElement.dataset.ready = "yes";
