// One set of filters for all views that list things.
const units = unique(documents.map((one) => one.unit)), years = unique(documents.map((one) => one.year));

const fits = (at, text) => {
  const one = documents[at];
  return (!state.unit || one?.unit === state.unit) && (!state.year || one?.year === state.year) && (state.of === "" || at === Number(state.of)) && (!state.search || text().includes(plain(state.search)));
};

const filters = (view) => {
  const change = (key) => (event) => { state[key] = event.target.value; state.page = 0; body(); };
  const choice = (name, key, options, told = (x) => x) => (options.length > 1 || state[key] !== "" ? el("label", {}, name, el("select", { "data-filter": key, on: { change: change(key) } },
    el("option", { value: "" }, T.all), options.map((one) => el("option", { value: one, selected: String(state[key]) === String(one) }, told(one))))) : null);
  let wait = 0;
  const typed = (event) => { clearTimeout(wait); wait = setTimeout(() => { state.search = event.target.value; state.page = 0; body(); }, 120); };
  const search = el("input", { type: "search", value: state.search, id: "search", on: { input: typed } });
  const many = documents.length > 1 && documents.length <= 500;
  return el("form", { class: "filters", role: "search", on: { submit: (event) => event.preventDefault() } },
    el("label", { class: "wide" }, T.search, search),
    choice(T.unit, "unit", units), choice(T.year, "year", years),
    view !== "documents" && (many || state.of !== "") ? choice(T.documents, "of", many ? documents.map((_, at) => at) : [state.of], (at) => label(Number(at))) : null,
    view === "findings" ? [choice(T.severity, "severity", severities.filter((one) => data.findings.some((finding) => finding.severity === one)), (one) => big(T.severities[one])), choice(T.family, "family", unique([...data.findings.map((one) => one.code.slice(0, 2)), state.family]), (code) => (T.families[code] ? `${code} – ${T.families[code]}` : `${code} – ${data.rules[code] ?? ""}`))] : null);
};

// A list page by page; printed it is whole.
const paged = (list, size, make) => {
  if (printing) return make(list);
  const last = Math.max(0, Math.ceil(list.length / size) - 1);
  state.page = Math.min(state.page, last);
  const turn = (by) => () => { state.page += by; body(); main.scrollIntoView(); live.textContent = `${T.pages} ${state.page + 1} / ${last + 1}`; };
  const bar = () => (last ? el("nav", { class: "pager", "aria-label": T.pages }, el("button", { type: "button", disabled: state.page === 0, on: { click: turn(-1) } }, T.back),
    `${state.page + 1} / ${last + 1}`, el("button", { type: "button", disabled: state.page === last, on: { click: turn(1) } }, T.next)) : null);
  return [bar(), make(list.slice(state.page * size, (state.page + 1) * size)), bar()];
};
// How many there are, seen and spoken.
const told = (count, all, what) => {
  const text = count === all ? `${number(all)} ${what.toLowerCase()}` : `${number(count)} / ${number(all)} ${what.toLowerCase()}`;
  live.textContent = text;
  return el("p", { class: "count" }, text);
};
