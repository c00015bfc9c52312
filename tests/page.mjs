// The HTML page in Chromium: node tests/page.mjs FOLDER [FOLDER-FOR-SCREENSHOTS]
// tests/outputs.py makes what FOLDER holds: report.html of corpus/ and corpus/audit, records.html of the same by `export`, hostile.html
// of a document full of markup, many.html with thousands of findings, plenty.html with more than 500 documents, unit.html of one unit
// of a store. Needs playwright-core (npm) and chromium.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.KEHOACH_NODE_MODULES ? process.env.KEHOACH_NODE_MODULES + "/" : import.meta.url);
const { chromium } = require("playwright-core");
const [folder, shots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const open = async (name, scheme = "light", width = 1280) => {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  page.problems = [];
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("dialog", (dialog) => { page.problems.push("dialog " + dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => request.url().startsWith("file:") || page.problems.push("request " + request.url()));
  const begun = Date.now();
  await page.goto(pathToFileURL(`${folder}/${name}.html`).href);
  await page.waitForSelector("html[data-ready]");
  page.took = Date.now() - begun;
  return page;
};
const tab = (page, name) => page.click("#tab-" + name);
const tabs = (page) => page.$$eval("[role=tab]", (all) => all.map((one) => one.id.slice(4)));
const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png` });
const count = (page, what) => page.locator(what).count();
const closed = (text) => text.replace(/\s+/g, " ").trim();
const told = (page) => page.evaluate(() => JSON.parse(document.getElementById("data").textContent));

// Texts whose contrast with what lies behind them is below 4.5, as WCAG AA wants it of small text.
const faint = (page) => page.evaluate(() => {
  const parse = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)).reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => { for (let at = node; at; at = at.parentElement) { const color = parse(getComputedStyle(at).backgroundColor); if (color.length === 3 || color[3] === 1) return color; } return [255, 255, 255]; };
  const out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || ["SCRIPT", "STYLE", "NOSCRIPT", "OPTION"].includes(node.tagName) || node.closest("svg, :disabled, .skip")) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) out.push(`${node.className || node.tagName}: ${walker.currentNode.textContent.trim().slice(0, 30)}`);
  }
  return [...new Set(out)];
});

// Clicks, filters, keys.
{
  const page = await open("report"), data = await told(page);
  await shot(page, "summary");
  assert.ok(await count(page, ".tile") >= 6);
  const lead = closed(await page.locator(".lead").textContent());
  for (const severity of ["error", "warning"]) assert.ok(lead.includes(String(data.findings.filter((one) => one.severity === severity).length)), lead);
  assert.ok(lead.startsWith(`${data.documents.length} văn bản`), lead);
  const errors = data.findings.filter((one) => one.severity === "error" && one.sides.some((side) => side.document === 0)).length;
  const rows = await page.locator("tbody tr").allTextContents();
  assert.ok(rows.length > data.documents.length, "documents, then rules");
  await tab(page, "findings");
  const all = await count(page, "article.finding");
  assert.ok(all > 20, `${all} findings`);
  await shot(page, "findings");
  await page.selectOption("[data-filter=family]", "DL");
  const codes = await page.locator("article.finding .badge").allTextContents();
  assert.ok(codes.length > 0 && codes.length < all && codes.every((code) => / DL\d/.test(code)), String(codes));
  await page.selectOption("[data-filter=family]", "");
  await page.selectOption("[data-filter=of]", "0");
  await page.selectOption("[data-filter=severity]", errors ? "error" : "");
  assert.equal(await count(page, "article.finding"), errors || data.findings.filter((one) => one.sides.some((side) => side.document === 0)).length);
  await page.selectOption("[data-filter=of]", "");
  await page.selectOption("[data-filter=severity]", "");
  await page.fill("#search", "không thể có từ này");
  await page.waitForFunction(() => !document.querySelector("article.finding"));
  await page.fill("#search", "");
  await page.waitForSelector("article.finding");
  const quoted = await page.locator(".side mark").first().textContent();
  await page.locator(".side .link").first().click();
  assert.equal(closed((await page.locator("[data-place]").allTextContents()).join("")), closed(quoted), "the place is marked");
  await page.locator("[data-place] .item").first().click();
  assert.ok((await page.locator(".record .told-here").allTextContents()).join("").includes("Cần làm"), "the finding is told at its place");
  const item = page.locator(".item.k-target").first();
  await item.focus();
  await page.keyboard.press("Enter");
  assert.ok((await page.locator(".record dd").allTextContents()).length > 2, "the record is shown");
  await shot(page, "reader");
  await page.goBack();
  assert.equal(await page.getAttribute("#tab-findings", "aria-selected"), "true", "the browser's button goes back");
  for (const name of ["targets", "tasks", "series", "coverage", "deadlines"]) {
    await tab(page, name);
    await shot(page, name);
    assert.ok((await page.locator("#panel").innerText()).length > 200, name);
  }
  assert.ok(await count(page, "svg rect") > 3, "the timeline has bars");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.getAttribute("#tab-coverage", "aria-selected"), "true", "arrows turn the tabs");
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none", "the focus is seen");
  // Every target is on some page of its tab, and leads to its words.
  await tab(page, "targets");
  let listed = 0;
  for (;;) {
    listed += await count(page, "#panel tbody tr:not(.group)");
    const next = page.locator(".pager button:last-child:enabled").first();
    if (!(await next.count())) break;
    await next.click();
  }
  assert.equal(listed, data.items.length, "all targets are listed");
  await page.fill("#search", data.items[0].name);
  await page.waitForTimeout(150);
  await page.locator("#panel tbody .link").first().click();
  assert.ok(closed((await page.locator("[data-place]").allTextContents()).join("")).length > 10, "a target leads to its place");
  assert.deepEqual(page.problems, []);
}
// Light and dark, wide and narrow: nothing is faint, nothing is cut.
for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 400], ["dark", 400]]) {
  const page = await open("report", scheme, width);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  assert.equal(ground[0] < 128, scheme === "dark", `${scheme}: ${ground}`);
  for (const name of await tabs(page)) {
    await tab(page, name);
    await shot(page, `${name}-${scheme}-${width}`);
    assert.deepEqual(await faint(page), [], `${name}, ${scheme}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is wider than ${width}`);
  }
  assert.deepEqual(page.problems, []);
}
// Print: black on white, whole lists, no controls.
{
  const page = await open("report", "dark"), data = await told(page);
  await tab(page, "findings");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await count(page, "article.finding"), data.findings.length, "all findings are printed");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  for (const what of ["[role=tablist]", ".filters"]) assert.equal(await page.locator(what).isVisible(), false, what);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.ok((await page.pdf({ format: "A4", path: shots ? `${shots}/findings.pdf` : undefined })).length > 20_000);
}
// What `export` writes: the same page, and it says where findings are.
{
  const page = await open("records"), data = await told(page);
  assert.ok(!(await tabs(page)).includes("findings") && data.findings.length === 0);
  assert.ok((await page.locator("#panel").innerText()).includes("kehoach audit"));
  assert.ok(data.items.length > 100 && data.tasks.length > 100 && data.deadlines.length > 50 && data.coverage.matrices.length > 0);
  for (const name of await tabs(page)) await tab(page, name);
  assert.deepEqual(page.problems, []);
}
// One unit of a store: everything is of its documents, and the page says so.
{
  const page = await open("unit"), data = await told(page);
  assert.ok((await page.locator("#choice").innerText()).includes("khe vang"));
  const asked = data.documents.filter((one) => one.asked).length;
  assert.ok(asked > 0 && asked < data.choice.of && data.documents.length < data.choice.of, `${asked} of ${data.choice.of}`);
  for (const list of ["items", "tasks", "deadlines"]) assert.ok(data[list].length > 0 && data[list].every((one) => data.documents[one.document].asked), list);
  assert.ok(data.coverage.matrices.every((one) => [one.upper, ...one.below].some((at) => data.documents[at].asked)));
  assert.ok(data.series.every((one) => one.points.every((point) => [...point.want, ...point.got].every((value) => data.documents[value.document].asked))));
  assert.equal(await count(page, ".tag"), data.documents.length - asked, "what is only compared with is marked");
}
{
  const page = await open("hostile");
  for (const name of await tabs(page)) {
    await tab(page, name);
    assert.equal(await count(page, "main script, main img, main iframe, main a, main b >> text=x"), 0, name);
  }
  await tab(page, "reader");
  assert.ok((await page.locator("#source").textContent()).includes("<script>"), "markup is shown as text");
  assert.ok(!(await page.title()).includes("hỏng"));
  assert.deepEqual(page.problems, []);
}
// Large sets.
{
  const page = await open("many");
  console.log(`many: opened in ${page.took} ms`);
  await tab(page, "findings");
  const begun = Date.now();
  await page.fill("#search", "31/02");
  await page.waitForTimeout(130);
  await page.selectOption("[data-filter=of]", "7");
  console.log(`many: ${await page.locator("#live").textContent()}, searched and filtered in ${Date.now() - begun} ms`);
  assert.ok(await count(page, "article.finding") <= 50);
  assert.deepEqual(page.problems, []);
}
{
  const page = await open("plenty"), data = await told(page), seen = new Set();
  console.log(`plenty: ${data.documents.length} documents, opened in ${page.took} ms`);
  assert.ok(data.documents.length > 500);
  await tab(page, "documents");
  for (;;) {
    for (const name of await page.locator("td.title .link").allTextContents()) seen.add(name);
    const next = page.locator(".pager button:last-child:enabled").first();
    if (!(await next.count())) break;
    await next.click();
  }
  assert.equal(seen.size, data.documents.length, "every document is on some page");
  await page.locator("td.title .link").last().click();
  assert.ok((await page.locator("#source").textContent()).includes(data.documents.at(-1).name), "the last one can be read");
  assert.deepEqual(page.problems, []);
}
await browser.close();
console.log("the page holds");
