// Deadlines month by month, empty months too; those without a day at the end.
const months = (from, to) => {
  const out = [];
  for (let [year, month] = from.split("-").map(Number); out.length < 1200; month === 12 ? (year++, (month = 1)) : month++) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    out.push(name);
    if (name >= to) break;
  }
  return out;
};
const timeline = (list) => {
  const counts = new Map(), span = list.map((one) => one.due?.slice(0, 7)).filter((name) => name?.length === 7).sort();
  if (!span.length) return null;
  // Beyond five years a bar is a year.
  const long = months(span[0], span[span.length - 1]).length > 60, key = (name) => (long ? name.slice(0, 4) : name);
  for (const name of span) counts.set(key(name), (counts.get(key(name)) ?? 0) + 1);
  const all = unique([...months(span[0], span[span.length - 1]).map(key), ...counts.keys()]), step = 36, width = all.length * step + 8, most = Math.max(...counts.values());
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": T.timeline }, svg("svg", { class: "timeline", viewBox: `0 0 ${width} 118`, width, height: 118, role: "img", "aria-label": T.timeline }, svg("line", { class: "axis", x1: 0, x2: width, y1: 82.5, y2: 82.5 }),
    all.map((name, at) => {
      const count = counts.get(name) ?? 0, tall = count ? Math.max(3, (count / most) * 62) : 0, middle = at * step + step / 2 + 4;
      const fresh = at === 0 || all[at - 1].slice(0, 4) !== name.slice(0, 4);
      return [count ? [svg("rect", { class: "bar", x: middle - 11, width: 22, y: 82 - tall, height: tall, rx: 2 }, svg("title", {}, `${name}: ${count}`)), svg("text", { x: middle, y: 77 - tall, "text-anchor": "middle" }, count)] : [],
        svg("text", { x: middle, y: 97, "text-anchor": "middle", class: count ? "" : "faint" }, long ? name : Number(name.slice(5))), fresh && !long ? svg("text", { x: middle, y: 113, "text-anchor": "middle", class: "year" }, name.slice(0, 4)) : []];
    })));
};
const deadlines = () => {
  const list = data.deadlines.filter((one) => fits(one.document, () => (one.plain ??= plain([one.text, one.about, documents[one.document].label].join(" ")))));
  const lines = (part) => {
    const out = [];
    let last = null;
    for (const one of part) {
      const head = one.due ? one.due.slice(0, 7) : one.recurs ? T.recurring : T.undated;
      if (head !== last) out.push(el("h2", {}, one.due ? head.split("-").reverse().join("/") : head));
      last = head;
      out.push(el("div", { class: "line" }, el("div", { class: "when" }, one.due ? el("time", { datetime: one.due }, (one.exclusive ? T.before + " " : "") + day(one.due)) : one.recurs || "–"),
        el("div", {}, el("div", {}, one.about), el("div", { class: "muted" }, `“${one.text}” – ${label(one.document)}`, opening(one)))));
    }
    return el("div", {}, out);
  };
  return [told(list.length, data.deadlines.length, T.deadlines), timeline(list), list.length ? paged(list, 100, lines) : el("p", {}, T.nothing)];
};
