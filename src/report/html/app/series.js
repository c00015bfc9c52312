// An indicator over the years in a unit: what was wanted (a ring, a dashed line), what was reached (a dot, a line).
const series = () => {
  const of = state.of === "" ? null : Number(state.of);
  const list = data.series.filter((one) => (!state.search || plain(one.name + " " + one.unit).includes(plain(state.search))) && (!state.unit || one.points.some((point) => [...point.want, ...point.got].some((value) => documents[value.document]?.unit === state.unit)))
    && (!state.year || one.points.some((point) => String(point.year) === state.year)) && (of === null || one.points.some((point) => [...point.want, ...point.got].some((value) => value.document === of))));
  return [told(list.length, data.series.length, T.series), el("p", { class: "legend" }, legend("want", T.target), legend("got", T.result)),
    list.length ? paged(list, 12, (part) => el("div", { class: "charts" }, part.map(chart))) : el("p", {}, data.series.length ? T.nothing : T.no_series)];
};
const legend = (kind, name) => el("span", { class: "key" }, svg("svg", { viewBox: "0 0 34 14", width: 34, height: 14, "aria-hidden": "true" }, svg("line", { class: kind, x1: 0, x2: 34, y1: 7, y2: 7, "stroke-width": 2 }), svg("circle", { class: kind, cx: 17, cy: 7, r: 4, "stroke-width": 2 })), name);

const shown = (value) => (value.exact ? "" : value.compares + " ") + number(value.value);
// Round numbers around the values.
const scale = (values) => {
  let low = Math.min(...values), high = Math.max(...values);
  if (low === high) { low -= Math.abs(low) * 0.05 || 1; high += Math.abs(high) * 0.05 || 1; }
  const raw = (high - low) / 3, size = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].map((one) => one * size).find((one) => one >= raw);
  const from = Math.floor(low / step) * step, ticks = [];
  for (let at = 0; from + at * step < high + step * 0.999; at++) ticks.push(Number((from + at * step).toPrecision(12)));
  return ticks;
};
const chart = (one) => {
  const width = 360, height = 176, left = 54, bottom = 24, points = one.points, ticks = scale(points.flatMap((point) => [...point.want, ...point.got].map((value) => value.value)));
  const low = ticks[0], high = ticks[ticks.length - 1], first = Math.min(...points.map((point) => point.year)), last = Math.max(...points.map((point) => point.year));
  const x = (year) => (first === last ? (width + left) / 2 : left + 22 + ((year - first) / (last - first)) * (width - left - 44)), y = (value) => 10 + (1 - (value - low) / (high - low)) * (height - bottom - 20);
  const image = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${one.name}, ${one.unit || T.unknown_unit}` },
    ticks.map((value) => [svg("line", { class: "axis", x1: left, x2: width, y1: y(value), y2: y(value) }), svg("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, number(value))]),
    [...new Set(points.map((point) => point.year))].map((year) => svg("text", { x: x(year), y: height - 5, "text-anchor": "middle" }, year)));
  for (const kind of ["want", "got"]) {
    const own = points.filter((point) => point[kind].length);
    if (own.length > 1) image.append(svg("polyline", { class: kind, "stroke-width": 2, points: own.map((point) => `${x(point.year)},${y(point[kind][0].value)}`).join(" ") }));
    for (const point of own) for (const value of point[kind]) image.append(svg("circle", { class: kind, "stroke-width": 2, cx: x(point.year), cy: y(value.value), r: kind === "want" ? 5 : 4 }, svg("title", {}, `${point.year}: ${kind === "want" ? T.target : T.result} ${shown(value)} ${one.measure ?? ""}`)));
  }
  const values = (list) => list.map((value, at) => [at ? "; " : null, placed(shown(value), value, { title: label(value.document), "aria-label": `${shown(value)}, ${label(value.document)}` })]);
  return el("figure", {}, el("figcaption", {}, one.name, one.measure ? ` (${one.measure})` : "", el("div", { class: "muted" }, one.unit || T.unknown_unit)), image,
    el("table", {}, el("thead", {}, el("tr", {}, [T.year, T.target, T.result].map((name, at) => el("th", { scope: "col", class: at ? "num" : null }, name)))),
      el("tbody", {}, points.map((point) => el("tr", {}, el("th", { scope: "row" }, point.year), el("td", { class: "num" }, values(point.want)), el("td", { class: "num" }, values(point.got)))))));
};
