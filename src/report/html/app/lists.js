// Targets and tasks: what is wanted, who does it, until when.
const spare = (head, key, cell = (one) => one[key] ?? "", set = {}) => ({ head, spare: true, has: (one) => one[key] !== null && one[key] !== undefined && one[key] !== "", cell, ...set });
const listed = (list, what, columns) => {
  const shown = list.filter((one) => fits(one.document, () => (one.plain ??= plain([one.name, one.lead, one.coordinate, one.monitor, one.product, documents[one.document].label].join(" ")))));
  return [told(shown.length, list.length, what), shown.length ? paged(shown, 100, (part) => grid([...columns, spare(T.in_section, "section", (one) => one.section, { class: () => "of" })], part, { label: what, group: (one) => label(one.document) })) : el("p", {}, T.nothing)];
};

const targets = () => listed(data.items, T.targets, [
  { head: T.target, class: () => "title", cell: (one) => placed(one.name, one) },
  { head: T.wanted, class: () => "value", cell: (one) => [one.compares, " ", el("b", {}, number(one.value), one.to ? " – " + number(one.to) : ""), one.unit === "%" ? "%" : one.unit ? " " + one.unit : ""] },
  spare(T.result, "result", (one) => number(one.result)),
  spare(T.due, "due", (one) => day(one.due), { class: () => "day" }),
  spare(T.lead, "lead"), spare(T.coordinate, "coordinate"), spare(T.monitor, "monitor"),
]);

const tasks = () => listed(data.tasks, T.tasks, [
  { head: T.task, class: () => "title", cell: (one) => placed(cut(one.name, printing ? Infinity : 400), one) },
  { head: T.lead, cell: (one) => one.lead || el("span", { class: "muted" }, "–") },
  spare(T.coordinate, "coordinate"),
  spare(T.due, "words", (one) => [day(one.due), one.words ? el("div", { class: "muted" }, `“${one.words}”`) : null], { class: () => "day" }),
  spare(T.product, "product"),
]);
