// The HTML report in Chromium: node tests/page.mjs REPORT HOSTILE MANY [FOLDER-FOR-SCREENSHOTS]
// REPORT is of corpus/ and corpus/audit, HOSTILE of a document full of markup, MANY has thousands of findings; tests/outputs.py makes
// them. Needs playwright-core (npm) and chromium.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.KEHOACH_NODE_MODULES ? process.env.KEHOACH_NODE_MODULES + "/" : import.meta.url);
const { chromium } = require("playwright-core");
const [report, hostile, many, shots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const open = async (file, scheme = "light") => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: scheme });
  page.problems = [];
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("dialog", (dialog) => { page.problems.push("dialog " + dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => request.url().startsWith("file:") || page.problems.push("request " + request.url()));
  const begun = Date.now();
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("html[data-ready]");
  page.took = Date.now() - begun;
  return page;
};
const tab = (page, name) => page.click("#tab-" + name);
const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png` });
const count = (page, what) => page.locator(what).count();

{
  const page = await open(report);
  await shot(page, "summary");
  assert.ok(await count(page, ".tile") >= 6);
  await tab(page, "findings");
  const all = await count(page, "article.finding");
  assert.ok(all > 20, `${all} findings`);
  await shot(page, "findings");
  await page.selectOption(".filters select >> nth=2", "DL");
  const codes = await page.locator("article.finding .badge").allTextContents();
  assert.ok(codes.length > 0 && codes.length < all && codes.every((code) => code.startsWith("DL")), String(codes));
  await page.selectOption(".filters select >> nth=2", "");
  await page.fill("#search", "không thể có từ này");
  await page.waitForFunction(() => !document.querySelector("article.finding"));
  await page.fill("#search", "");
  await page.waitForSelector("article.finding");
  const quoted = await page.locator(".side mark").first().textContent();
  await page.locator(".side .link").first().click();
  const closed = (text) => text.replace(/\s+/g, " ");
  assert.equal(closed((await page.locator("[data-place]").allTextContents()).join("")), closed(quoted), "the place is marked");
  const item = page.locator(".item.k-target").first();
  await item.focus();
  await page.keyboard.press("Enter");
  assert.ok((await page.locator(".record dd").allTextContents()).length > 2, "the record is shown");
  await shot(page, "reader");
  for (const name of ["targets", "series", "coverage", "deadlines"]) {
    await tab(page, name);
    await shot(page, name);
    assert.ok((await page.locator("#panel").innerText()).length > 200, name);
  }
  assert.ok(await count(page, "svg rect") > 3, "the timeline has bars");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.getAttribute("#tab-coverage", "aria-selected"), "true", "arrows turn the tabs");
  await tab(page, "findings");
  await page.pdf({ path: (shots ?? "/tmp") + "/print.pdf" });
  assert.deepEqual(page.problems, []);
  const dark = await open(report, "dark");
  await tab(dark, "findings");
  await shot(dark, "dark");
}
{
  const page = await open(hostile);
  for (const name of ["findings", "documents", "reader", "targets", "series", "deadlines"]) {
    await tab(page, name);
    assert.equal(await count(page, "main script, main img, main iframe, main a, main b >> text=x"), 0, name);
  }
  await tab(page, "reader");
  assert.ok((await page.locator("#source").textContent()).includes("<script>"), "markup is shown as text");
  assert.ok(!(await page.title()).includes("hỏng"));
  assert.deepEqual(page.problems, []);
}
{
  const page = await open(many);
  console.log(`many: opened in ${page.took} ms`);
  await tab(page, "findings");
  const begun = Date.now();
  await page.fill("#search", "31/02");
  await page.waitForTimeout(130);
  await page.selectOption(".filters select >> nth=3", "error");
  console.log(`many: ${await page.locator("#live").textContent()}, searched and filtered in ${Date.now() - begun} ms`);
  assert.ok(await count(page, "article.finding") <= 50);
  assert.deepEqual(page.problems, []);
}
await browser.close();
console.log("the page holds");
