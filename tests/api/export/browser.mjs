// Opens a report page from disk in Chromium and goes through it as a person would; prints what it saw as JSON.
// Usage: node browser.mjs PAGE [FOLDER FOR SCREENSHOTS]
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const [file, folder] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const seen = { dialogs: [], errors: [], requests: [], violations: [], axe: {} };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
page.on("dialog", (dialog) => { seen.dialogs.push(dialog.message()); void dialog.dismiss(); });
page.on("pageerror", (error) => seen.errors.push(String(error)));
page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.errors.push(message.text()); });
page.on("request", (request) => { if (!request.url().startsWith(address)) seen.requests.push(request.url()); });
await page.addInitScript({ path: require.resolve("axe-core/axe.min.js") });
await page.addInitScript(() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
});

const text = (selector) => page.locator(selector).innerText();
const texts = (selector) => page.locator(selector).allInnerTexts();
const shot = (name) => (folder ? page.screenshot({ path: join(folder, `${name}.png`) }) : null);
const settle = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function check(name) {
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  seen.axe[name] = found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

async function list() {
  await page.goto(address);
  await check("list");
  await shot("list");
  seen.listed = await page.locator("#list a").count();
  await page.locator("#list a").nth(2).click();
  seen.second = { id: new URL(page.url()).hash, quotes: await texts("#evidence .side .quote:not(.gutter)") };
  await page.keyboard.press("ArrowDown");
  seen.after = new URL(page.url()).hash;
  await page.fill("#text", "statement 321");
  seen.filtered = await text("#found");
  await page.fill("#text", "");
  await page.selectOption("#type", "negation");
  seen.typed = await text("#found");
  await page.selectOption("#type", "");
  await page.uncheck("#severities input[value=error]", { force: true });
  seen.severe = await text("#found");
  await page.check("#severities input[value=error]", { force: true });
}

async function map() {
  await page.click("#tab-map");
  await settle();
  seen.overview = await text("#shown");
  await check("map");
  await shot("map");
  await page.fill("#seek", process.env.SEEK || "term 77");
  seen.hits = await texts("#hits li[data-node]");
  await shot("search");
  await page.keyboard.press("Enter");
  await settle();
  seen.found = await text("#panel h2");
  const box = await page.locator("#canvas").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await settle();
  seen.tip = await text("#tip");
  await shot("node");
  await page.mouse.wheel(0, -300);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 300, { steps: 3 });
  await page.mouse.up();
  await page.click("#overview");
  await page.focus("#canvas");
  for (const key of ["ArrowLeft", "+", "-", "0", "n", "n", "Enter", "p", "Escape"]) await page.keyboard.press(key);
  await settle();
  await page.fill("#seek", "");
  await page.click("#as-table");
  seen.rows = await page.locator("#rows tr").count();
  await check("table");
  await shot("table");
  await page.click("#as-map");
}

async function dark() {
  await page.click("#theme");
  await page.click("#tab-conflicts");
  await check("dark list");
  await shot("dark");
  const jump = page.getByRole("button", { name: "Show on the map" });
  if (await jump.count()) await jump.click();
  await settle();
  seen.onMap = await texts("#panel .side .quote:not(.gutter)");
  await check("dark map");
  await shot("dark-map");
}

/** Every conflict's evidence and every node's panel: each hostile text is on the page once. */
async function everything() {
  seen.visited = await page.evaluate(async () => {
    const turn = () => new Promise((done) => setTimeout(done, 0));
    const keys = (id) => JSON.parse(document.getElementById(id).textContent);
    const names = [...keys("conflicts-data").slice(0, 120).map(({ id }) => `conflict-${encodeURIComponent(id)}`),
      ...keys("graph-data").nodes.slice(0, 120).map(([id]) => `map-${encodeURIComponent(id.toWellFormed())}`)];
    for (const name of names) { location.hash = name; await turn(); }
    return names.length;
  });
  await settle();
}

async function narrow() {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("about:blank");
  await page.goto(`${address}${seen.second.id}`);
  seen.linked = await texts("#evidence .side .quote:not(.gutter)");
  seen.sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await shot("narrow");
}

for (const step of [list, map, dark, everything]) await step();
seen.violations = await page.evaluate(() => window.violations);
await narrow();
await browser.close();
process.stdout.write(JSON.stringify(seen));
