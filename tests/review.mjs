// `kehoach review` in Chromium: node tests/review.mjs KEHOACH FOLDER [FOLDER-FOR-SCREENSHOTS]
// Documents and a store are made in FOLDER, which is empty. Needs playwright-core (npm; KEHOACH_NODE_MODULES names node_modules) and chromium.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.KEHOACH_NODE_MODULES ? process.env.KEHOACH_NODE_MODULES + "/" : import.meta.url);
const { chromium } = require("playwright-core");
const [program, folder, shots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const head = "ỦY BAN NHÂN DÂN\nXÃ KHE VÀNG\nSố: 12/KH-UBND\nKhe Vàng, ngày 10 tháng 01 năm 2025\n\nKẾ HOẠCH\nCấp nước năm 2025\n\nI. MỤC TIÊU\n";
const plan = head + "- Tỷ lệ hộ dùng nước sạch đạt trên 85%.\n- Tỷ lệ hộ có bể chứa đạt 60%.\n- Tỷ lệ thất thoát nước dưới 20%.\n- Định mức giao 7,5 cho mỗi trạm.\n" +
  "II. NHIỆM VỤ\n1. Trạm cấp nước rà soát mạng lưới đường ống trước ngày 30/6/2025.\n2. Văn phòng UBND xã tổng hợp <script>alert(1)</script> trước ngày 15/12/2025.\n";
const docs = `${folder}/docs`, store = `${folder}/plans.db`;
mkdirSync(docs);
writeFileSync(`${docs}/a.txt`, plan);
const run = (...words) => execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
run("ingest", docs, "--store", store, "-q");

// Whatever happens, no server is left behind.
const children = [];
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));
// Serves a store; the address is the first line that it prints.
const serve = (file, who) => new Promise((resolve, reject) => {
  const child = spawn(program, ["review", "--store", file, "--who", who, "--no-open", "-q"]);
  children.push(child);
  child.stdout.once("data", (line) => resolve({ child, address: String(line).trim() }));
  child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
});
const open = async (address) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.problems = [];
  page.on("console", (message) => message.type() === "error" && !/422|409|404/.test(message.text()) && page.problems.push(message.text()));
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("dialog", (dialog) => { page.problems.push("dialog " + dialog.message()); dialog.dismiss(); });
  // A page of a document is a picture that the script itself has got from the server.
  page.on("request", (request) => request.url().startsWith(address) || request.url().startsWith("blob:" + new URL(address).origin) || page.problems.push("request " + request.url()));
  await page.goto(address);
  await page.waitForSelector("html[data-ready=list]");
  return page;
};
const enter = async (page) => { await page.keyboard.press("Enter"); await page.waitForSelector("html[data-ready=document]"); };
const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };
const saved = (page, text = "Đã lưu") => page.waitForFunction((text) => document.getElementById("told").textContent.startsWith(text), text);
const status = (page, words) => page.locator(".mark", { hasText: words }).first().getAttribute("class");
const side = (page) => page.locator("#side").innerText();
const targets = () => JSON.parse(run("export", "--store", store, "--format", "json", "-q"));
const values = () => { const read = targets(), one = Array.isArray(read) ? read[0] : read; return one.targets.map((target) => target.value); };

let { child, address } = await serve(store, "An");
{
  const page = await open(address);
  await enter(page);
  if (shots) await page.screenshot({ path: `${shots}/review-document.png` });
  // Correct a value by keyboard; what cannot be a value is told while it is typed.
  await press(page, "n");
  assert.match(await side(page), /Tỷ lệ hộ dùng nước sạch/);
  await press(page, "e");
  await page.keyboard.type("nhiều");
  await page.waitForSelector("[data-of=value].bad");
  assert.match(await page.locator("[data-of=value] .wrong").innerText(), /85,5/);
  await press(page, "Control+A");
  await page.keyboard.type("58,5");
  await page.waitForSelector("[data-of=value]:not(.bad)");
  if (shots) await page.screenshot({ path: `${shots}/review-edit.png` });
  await press(page, "Enter");
  await saved(page);
  assert.match(await side(page), /đã sửa/);
  assert.deepEqual(values(), [58.5, 60, 20]);
  // Accept one, take one out.
  await press(page, "n", "a");
  await page.waitForFunction(() => /thất thoát/.test(document.getElementById("side").innerText));
  await press(page, "d");
  await page.waitForSelector(".mark.removed");
  assert.deepEqual(values(), [58.5, 60]);
  // A target from a number that was not read: the program's own reading of its sentence is proposed.
  await press(page, "n");
  assert.match(await side(page), /^Chưa đọc/);
  await press(page, "t");
  await page.waitForSelector("#form");
  assert.equal(await page.inputValue("[name=value]"), "7,5");
  await page.fill("[name=indicator]", "Định mức <img src=x onerror=alert(2)>");
  await page.fill("[name=unit]", "m3/ngày");
  await page.focus("[name=value]");
  await press(page, "Enter");
  await page.waitForFunction(() => /người thêm/.test(document.getElementById("side").innerText));
  assert.deepEqual(values(), [58.5, 60, 7.5]);
  // Undo: the removed one is back; once more by the item itself: the corrected one is as it was read, and undone again as corrected.
  await page.locator(".mark.removed").first().click();
  await press(page, "u");
  await page.waitForFunction(() => !document.querySelector(".mark.removed"));
  assert.deepEqual(values(), [58.5, 60, 20, 7.5]);
  await page.locator(".mark", { hasText: "hộ dùng nước sạch" }).first().click();
  await press(page, "u");
  await page.waitForFunction(() => /chưa xem/.test(document.getElementById("side").innerText));
  assert.deepEqual(values(), [85, 60, 20, 7.5]);
  await press(page, "u");
  await page.waitForFunction(() => /đã sửa/.test(document.getElementById("side").innerText));
  assert.deepEqual(values(), [58.5, 60, 20, 7.5]);
  // Words selected by hand: a task, with an agency, and markup in every field.
  await page.evaluate(() => {
    const piece = [...document.getElementById("text").childNodes].find((node) => node.textContent.includes("Cấp nước năm 2025"));
    const range = document.createRange();
    range.setStart(piece.firstChild ?? piece, piece.textContent.indexOf("Cấp nước"));
    range.setEnd(piece.firstChild ?? piece, piece.textContent.indexOf("Cấp nước") + 8);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.getElementById("text").focus();
  });
  await press(page, "c");
  await page.waitForSelector("#form");
  for (const name of ["text", "lead", "coordinate", "product"]) await page.fill(`[name=${name}]`, `<script>alert("${name}")</script><b>${name}</b>`);
  await page.fill("[name=deadline]", "30/9/2025");
  await press(page, "Enter");
  await page.waitForFunction(() => /người thêm/.test(document.getElementById("side").innerText));
  assert.match(await side(page), /<script>alert\("text"\)<\/script><b>text<\/b>/);
  assert.equal(await page.locator("#side script, #side b:has-text('lead'), #side img").count(), 0, "markup is text");
  // Reload: all is there.
  await page.reload();
  await page.waitForSelector("html[data-ready=document]");
  assert.match(await status(page, "hộ dùng nước sạch"), /done/);
  assert.equal(await page.locator("#text script, #text img").count(), 0);
  assert.match(await page.locator("#count").innerText(), /Đã xem: 4 \//);
  assert.deepEqual(page.problems, []);
  await page.close();
}
// The server is killed in the middle: nothing that it called saved is lost.
{
  const page = await open(address);
  await enter(page);
  await page.locator(".mark", { hasText: "bể chứa" }).first().click();
  await press(page, "e");
  await press(page, "Control+A");
  await page.keyboard.type("61");
  await press(page, "Enter");
  await saved(page);
  child.removeAllListeners("exit");
  child.kill("SIGKILL");
  await page.locator(".mark", { hasText: "thất thoát" }).first().click();
  await press(page, "d");
  await saved(page, "Chưa lưu được");
  assert.deepEqual(values(), [58.5, 61, 20, 7.5], "what was saved is there, what was not is not");
  await page.close();
  ({ child, address } = await serve(store, "An"));
}
// Findings: one is put aside for a reason, and the audit tells it no more; indicators that may be one are decided.
{
  const more = `${folder}/more`, file = `${folder}/more.db`;
  mkdirSync(more);
  writeFileSync(`${more}/a.txt`, head + "- Tỷ lệ hộ gia đình dùng nước sạch hợp vệ sinh đạt 85%.\nII. NHIỆM VỤ\n1. Trạm cấp nước rà soát trước ngày 31/02/2025.\n");
  const culture = (province, line) => `ỦY BAN NHÂN DÂN\nTỈNH ${province}\nSố: 15/KH-UBND\n${province}, ngày 10 tháng 01 năm 2024\nKẾ HOẠCH\nVăn hóa cơ sở năm 2024\nI. MỤC TIÊU\n- Tỷ lệ thôn có điểm sinh hoạt cộng đồng đạt tiêu chí${line} đạt 85%.\n`;
  writeFileSync(`${more}/<img src=x onerror=alert(4)>.txt`, "I. MỤC TIÊU\n- Tỷ lệ hộ <script>alert(5)</script> đạt 45%.\n");
  writeFileSync(`${more}/b.txt`, culture("KHÊ VANG", ""));
  writeFileSync(`${more}/c.txt`, culture("BẾN THUẬN", " của ngành văn hóa"));
  run("ingest", more, "--store", file, "-q");
  const audit = () => { try { return JSON.parse(run("audit", "--store", file, "--format", "json", "-q")); } catch (error) { return JSON.parse(error.stdout); } };
  const found = audit().findings.filter((one) => one.code === "DL003" || /31\/02/.test(JSON.stringify(one)));
  assert.ok(found.length > 0, "a day that no calendar has");
  const server = await serve(file, "An"), page = await open(server.address);
  await page.waitForSelector("#pairs tr");
  assert.equal(await page.locator("#pairs tr").count(), 1);
  await page.locator("#pairs tr").getByRole("button").first().click();
  await page.waitForFunction(() => /Là một\./.test(document.querySelector("#pairs tr").innerText));
  // Two, after all; whoever looks next sees what was decided.
  await page.locator("#pairs tr").getByRole("button").click();
  await page.locator("#pairs tr").getByRole("button").last().click();
  await page.waitForFunction(() => /Khác nhau\./.test(document.querySelector("#pairs tr").innerText));
  await page.reload();
  await page.waitForSelector("#pairs tr");
  assert.match(await page.locator("#pairs tr").innerText(), /Khác nhau\./);
  run("link", "--store", file, "-q");
  assert.deepEqual(JSON.parse(run("link", "--store", file, "--pending", "--format", "json")), [], "it is decided");
  await page.locator("[data-document]", { hasText: "12/KH-UBND" }).click();
  await page.waitForSelector("html[data-ready=document]");
  const own = page.locator(`[data-finding="${found[0].fingerprint}"]`);
  await own.getByRole("button").last().click();
  // No finding is put aside without a reason.
  await page.waitForFunction(() => /Lý do/.test(document.getElementById("told").textContent));
  await own.locator("input").fill("<b>đã hỏi</b> Trạm");
  await own.getByRole("button").last().click();
  await page.waitForSelector("[data-verdict=aside]");
  if (shots) await page.screenshot({ path: `${shots}/review-findings.png` });
  assert.ok(!audit().findings.some((one) => one.fingerprint === found[0].fingerprint), "it is told no more");
  assert.deepEqual(page.problems, []);
  await page.close();
  server.child.removeAllListeners("exit");
  server.child.kill();
}
// A row is right with one key, and taken back with one; what was not read in it comes next. What was read as another kind is added from its
// own words; a number that is only described is passed on from.
{
  const rows = `${folder}/rows`, file = `${folder}/rows.db`;
  mkdirSync(rows);
  writeFileSync(`${rows}/a.txt`, head + "- Tỷ lệ hộ dùng nước sạch đạt trên 85%; tỷ lệ hộ có bể chứa đạt 60%; định mức giao 7,5 cho mỗi trạm.\n- Tỷ lệ thất thoát nước dưới 20%.\n");
  run("ingest", rows, "--store", file, "-q");
  const server = await serve(file, "An"), page = await open(server.address);
  await enter(page);
  const done = () => page.evaluate(() => state.items.filter((item) => item.status === "accepted").length);
  await press(page, "n", "A");
  await page.waitForFunction(() => state.items.filter((item) => item.status === "accepted").length >= 2 && !state.pending.size);
  const accepted = await done();
  assert.match(await side(page), /Chưa đọc[\s\S]*7,5/, "the number of the row comes next");
  await press(page, "m");
  await page.waitForFunction(() => !state.pending.size);
  assert.match(await side(page), /thất thoát/, "and then the next line");
  await press(page, "u");
  await page.waitForFunction(() => !state.pending.size && state.items.some((item) => item.kind === "number" && item.status === "read"));
  assert.equal(await done(), accepted, "the number alone is taken back");
  await press(page, "u");
  await page.waitForFunction(() => !state.pending.size && !state.items.some((item) => item.status === "accepted"));
  // A target that is in truth a task.
  await page.locator(".mark", { hasText: "thất thoát" }).first().click();
  await press(page, "c");
  await page.waitForSelector("#form");
  assert.match(await page.inputValue("[name=text]"), /thất thoát nước/);
  await press(page, "Escape", "o");
  assert.ok(await page.isChecked("#open-only"));
  assert.deepEqual(page.problems, []);
  await page.close();
  server.child.removeAllListeners("exit");
  server.child.kill();
}
// Who saves without a pause is not taken for somebody else: the page asks every three seconds whether others have corrected.
{
  const many = `${folder}/many`, file = `${folder}/many.db`;
  mkdirSync(many);
  writeFileSync(`${many}/a.txt`, head + Array.from({ length: 160 }, (_, at) => `- Tỷ lệ hộ của tổ ${String.fromCharCode(97 + (at % 26))}${at} dùng nước sạch đạt ${(at % 90) + 5}%.\n`).join(""));
  run("ingest", many, "--store", file, "-q");
  const server = await serve(file, "An"), page = await open(server.address);
  await enter(page);
  await press(page, "o", "n");
  const own = await page.evaluate(() => { window.first = state; return state.items.filter((item) => item.kind === "target").length; });
  const until = Date.now() + 7000;
  let pressed = 0;
  while (Date.now() < until && pressed < own) { await press(page, "a"); pressed++; await page.waitForTimeout(25); }
  await page.waitForFunction(() => !state.pending.size, null, { timeout: 60_000 });
  assert.ok(await page.evaluate(() => state === window.first), "it was not loaded again");
  const done = await page.evaluate(() => state.items.filter((item) => item.status === "accepted").length);
  assert.ok(done >= Math.min(pressed, own) - 2, `${done} of ${pressed}`);
  await page.close();
  server.child.removeAllListeners("exit");
  server.child.kill();
}
// The page of a PDF beside its text, with the words of the item marked on it; a file that is another one by now is told.
{
  const paged = `${folder}/paged`, file = `${folder}/paged.db`, pdf = `${paged}/ke-hoach.pdf`;
  mkdirSync(paged);
  copyFileSync(new URL("../fixtures/pdf/ke-hoach.pdf", import.meta.url), pdf);
  run("ingest", paged, "--store", file, "-q");
  const server = await serve(file, "An"), page = await open(server.address);
  await enter(page);
  await page.waitForSelector("#frame img");
  const marked = async () => { await page.waitForSelector("#frame .spot:not(.near)"); return page.evaluate(() => {
    const [frame, ...spots] = [document.getElementById("frame"), ...document.querySelectorAll("#frame .spot")].map((node) => node.getBoundingClientRect());
    return { page: Number(document.getElementById("sheet").dataset.page), spots: spots.map((spot) => ({ top: (spot.top - frame.top) / frame.height, left: (spot.left - frame.left) / frame.width, width: spot.width / frame.width, height: spot.height / frame.height })) };
  }); };
  const seen = new Set();
  for (let at = 0; at < 30; at++) {
    await press(page, "n");
    if (/^Chưa đọc/.test(await side(page))) continue;
    const number = Number(/\(trang (\d+)\)/.exec(await side(page))?.[1]);
    await page.waitForFunction((number) => Number(document.getElementById("sheet").dataset.page) === number, number);
    const { spots } = await marked();
    for (const spot of spots) assert.ok(spot.top > 0 && spot.top + spot.height < 1 && spot.left > 0 && spot.width > 0.005 && spot.left + spot.width < 1.01 && spot.height < 0.06, JSON.stringify(spot));
    seen.add(number);
  }
  assert.ok(seen.size > 1, "items of several pages");
  assert.ok(await page.evaluate(() => { const image = document.querySelector("#frame img"); return Math.min(image.naturalWidth, image.naturalHeight) > 900; }));
  if (shots) await page.screenshot({ path: `${shots}/review-page.png` });
  // Who points at a mark goes to an item there.
  const before = await page.locator(".mark.chosen").first().innerText();
  const box = await page.locator("#frame .spot").first().boundingBox();
  await press(page, "Escape");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector(".mark.chosen");
  assert.ok(before.length > 0);
  // Larger, and away and back.
  const width = () => page.evaluate(() => document.getElementById("frame").clientWidth);
  const small = await width();
  await press(page, "z");
  assert.ok((await width()) > 1.8 * small);
  await press(page, "v");
  assert.ok(!(await page.isVisible("#sheet")));
  await press(page, "v");
  assert.ok(await page.isVisible("#sheet"));
  assert.deepEqual(page.problems, []);
  // Another file stands there now.
  writeFileSync(pdf, "%PDF-1.7\n<script>alert(3)</script>");
  const again = await open(server.address);
  await enter(again);
  const last = await again.locator("#page-number").innerText();
  assert.match(last, /^Trang 1 \/ 4$/);
  for (let at = 0; at < 3; at++) await again.click("#page-page_after");
  await again.waitForFunction(() => document.getElementById("sheet").dataset.failed || document.getElementById("sheet").dataset.page === "4");
  const failed = await again.locator("#sheet").getAttribute("data-failed");
  if (!seen.has(4)) { assert.equal(failed, "changed"); assert.match(await again.locator("#page-told").innerText(), /Tệp nay đã khác/); }
  await press(again, "n");
  assert.match(await side(again), /./, "the review goes on");
  await page.close();
  await again.close();
  server.child.removeAllListeners("exit");
  server.child.kill();
}
// Two people: the second sees what the first did; what they say of one item at once is a conflict that both see, and that one decides.
{
  const second = await serve(store, "Bình");
  const [one, other] = [await open(address), await open(second.address)];
  for (const page of [one, other]) await enter(page);
  const type = async (page, value) => {
    await page.locator(".mark", { hasText: "thất thoát" }).first().click();
    await press(page, "e", "Control+A");
    await page.keyboard.type(value);
  };
  await type(one, "21");
  await type(other, "22");
  await press(one, "Enter");
  await saved(one);
  await press(other, "Enter");
  await other.waitForFunction(() => /mâu thuẫn/.test(document.getElementById("side").innerText));
  await one.waitForFunction(() => document.querySelector(".mark.conflict"), null, { timeout: 10_000 });
  assert.match(await side(other), /An sửa[\s\S]*Bình sửa/);
  if (shots) await other.screenshot({ path: `${shots}/review-conflict.png` });
  await other.locator("#side .by", { hasText: "Bình" }).getByRole("button").click();
  await other.waitForFunction(() => /đã sửa/.test(document.getElementById("side").innerText));
  assert.deepEqual(values(), [58.5, 61, 22, 7.5]);
  await one.waitForFunction(() => !document.querySelector(".mark.conflict"), null, { timeout: 10_000 });
  assert.deepEqual([...one.problems, ...other.problems], []);
  await one.close();
  await other.close();
  second.child.removeAllListeners("exit");
  second.child.kill();
}
// A page of another origin: it may send, and is refused; it cannot read.
{
  const page = await browser.newPage();
  await page.goto("data:text/html,<title>other</title>");
  const id = JSON.parse(run("list", "--store", store, "--format", "json"))[0].id;
  const sent = await page.evaluate(async ({ address, id }) => {
    const body = JSON.stringify({ kind: "target", action: "remove", key: "target:t1", seen: [] });
    const results = [];
    for (const headers of [{ "Content-Type": "text/plain" }, { "Content-Type": "application/json" }]) {
      results.push(await fetch(`${address}document/${id}/do`, { method: "POST", mode: headers["Content-Type"] === "text/plain" ? "no-cors" : "cors", headers, body }).then((answer) => answer.type, () => "refused"));
    }
    results.push(await fetch(`${address}documents`).then((answer) => answer.text(), () => "refused"));
    return results;
  }, { address, id });
  assert.deepEqual(sent.slice(1), ["refused", "refused"]);
  assert.deepEqual(values(), [58.5, 61, 22, 7.5]);
  await page.close();
}
child.removeAllListeners("exit");
child.kill();
// A document of 300 pages and 3,000 items: how long until it is there, and from a key to what it changes.
{
  const long = `${folder}/long`, file = `${folder}/long.db`;
  mkdirSync(long);
  const filler = "Các cơ quan, đơn vị tiếp tục thực hiện đồng bộ các giải pháp đã đề ra, bảo đảm đúng quy định, phù hợp điều kiện thực tế của địa phương. ".repeat(2);
  const lines = Array.from({ length: 3000 }, (_, at) => `- Tỷ lệ hộ của cụm ${["một", "hai", "ba", "bốn", "năm"][at % 5]} tổ ${String.fromCharCode(97 + (at % 26))}${at} dùng nước sạch đạt ${(at % 90) + 5}%.\n${at % 3 ? "" : filler + "\n"}`);
  writeFileSync(`${long}/long.txt`, head + lines.join(""));
  run("ingest", long, "--store", file, "-q", "--no-link");
  const server = await serve(file, "An"), page = await open(server.address);
  const begun = Date.now();
  await enter(page);
  const took = Date.now() - begun, items = await page.locator("[data-key]").count();
  const keys = [];
  for (let at = 0; at < 12; at++) {
    keys.push(await page.evaluate(() => new Promise((resolve) => {
      const start = performance.now();
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    })));
  }
  const accepts = [];
  for (let at = 0; at < 8; at++) {
    // A number that was not read is not accepted.
    while (/^Chưa đọc/.test(await side(page))) await press(page, "n");
    const before = Date.now();
    const seen = await page.locator("#count").innerText();
    await press(page, "a");
    await page.waitForFunction((seen) => document.getElementById("count").innerText !== seen, seen, { polling: 5 });
    accepts.push(Date.now() - before);
  }
  // What is done while something is being saved comes after it: accepted, gone on, come back, taken back.
  await page.locator(".mark.target:not(.done)").nth(40).click();
  const name = await page.locator("#side dd").first().innerText();
  await press(page, "a", "p", "u");
  const still = (words) => page.waitForFunction(([name, words]) => {
    const side = document.getElementById("side").innerText;
    return side.includes(name) && side.includes(words) && document.getElementById("told").textContent === "Đã lưu";
  }, [name, words], { polling: 50 });
  await page.evaluate(async () => { for (let at = 0; at < 5; at++) await queue; });
  await still("chưa xem");
  const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  console.log(`long document: ${items} marks; open ${took} ms; key to the next item ${middle(keys).toFixed(0)} ms; key to what is saved ${middle(accepts)} ms`);
  assert.ok(items >= 2900, `${items} marks`);
  if (process.env.KEHOACH_TIMES) assert.ok(took < 1000 && middle(keys) < 50, `${took} ms, ${middle(keys)} ms`);
  assert.deepEqual(page.problems, []);
  await page.close();
  server.child.removeAllListeners("exit");
  server.child.kill();
}
await browser.close();
console.log("the review holds in Chromium");
