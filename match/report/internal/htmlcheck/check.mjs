// Checks pages as a browser, a validator and a screen reader's rules see them, and prints one
// line for each error: node check.mjs CHROMIUM page.html...
// With -screenshot FILE the first page is shown in a picture.
import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const [browserPath, ...args] = process.argv.slice(2);
const picture = args[0] === "-screenshot" ? args.splice(0, 2)[1] : "";
let errors = 0;
const said = new Set();
function wrong(page, what) {
  const line = `${basename(page)}: ${what}`.slice(0, 500);
  if (said.has(line)) return;
  said.add(line);
  errors++;
  console.log(line);
}

// valid asks html-validate, whose default rules are those of the HTML standard and more. Two
// of them are about how a source looks: the page is made by a program.
async function valid(page) {
  const validator = new HtmlValidate(new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended"],
    rules: { "long-title": "off", "no-trailing-whitespace": "off" },
  }));
  const report = await validator.validateString(await readFile(page, "utf8"));
  for (const result of report.results) {
    for (const m of result.messages) wrong(page, `${m.line}:${m.column}: html-validate ${m.ruleId}: ${m.message}`);
  }
}

// accessible runs all rules of axe-core on a page in one of the ways in which it is read.
async function accessible(page, tab, way) {
  // evaluate takes no part in the page's content security policy, which has to stay as it is.
  await tab.evaluate(axe.source);
  const found = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const v of found.violations) {
    for (const node of v.nodes) wrong(page, `${way}: axe ${v.id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll(/\s+/g, " ")}`);
  }
  for (const what of await tab.evaluate(contrast)) wrong(page, `${way}: ${what}`);
}

// contrast measures what axe-core leaves to people: text and marks in pictures. Text needs
// 4.5 to 1, marks and the borders of stretches 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
function contrast() {
  const rgb = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const light = (color) => rgb(color).slice(0, 3)
    .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const paper = getComputedStyle(document.body).backgroundColor;
  const wrong = [];
  for (const svg of document.querySelectorAll("svg")) {
    const stretches = [...svg.querySelectorAll("rect")];
    const under = (element) => {
      const box = element.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
      const rect = stretches.find((r) => { const b = r.getBoundingClientRect(); return x > b.left && x < b.right && y > b.top && y < b.bottom; });
      return rect ? getComputedStyle(rect).fill : paper;
    };
    const need = (element, color, least) => {
      const back = element.tagName === "rect" ? paper : under(element), have = ratio(color, back);
      if (!(have >= least)) wrong.push(`contrast of ${element.outerHTML}: ${color} on ${back} is ${have.toFixed(2)} to 1, wanted ${least}`);
    };
    for (const text of svg.querySelectorAll("text")) need(text, getComputedStyle(text).fill, 4.5);
    for (const mark of svg.querySelectorAll(".mark")) need(mark, getComputedStyle(mark).fill, 3);
    for (const edge of svg.querySelectorAll(".tick, rect")) need(edge, getComputedStyle(edge).stroke, 3);
  }
  return wrong;
}

// used filters and sorts the table as a reader would.
async function used(page, tab) {
  if (!await tab.$("#table")) return;
  const rows = () => tab.locator("#table tbody tr:visible").count();
  const all = await rows(), cards = () => tab.locator("article:visible").count();
  await tab.fill("#text", "no finding has this text");
  if (await rows() !== 0 || await cards() !== 0) wrong(page, "the filter leaves findings that do not have its text");
  if (!(await tab.textContent("#shown")).startsWith("0 of")) wrong(page, "the filter does not tell how many findings it leaves");
  await tab.fill("#text", "");
  if (await rows() !== all) wrong(page, "findings do not come back");
  const head = tab.locator("#table th").nth(3);
  const column = () => tab.locator("#table tbody tr td:nth-child(4)").allTextContents();
  for (const [order, sign] of [["ascending", 1], ["descending", -1]]) {
    await head.locator("button").click();
    if (await head.getAttribute("aria-sort") !== order) wrong(page, `the table does not say that it is sorted, ${order}`);
    const have = await column(), collator = new Intl.Collator("en", { numeric: true });
    if (have.some((text, i) => i > 0 && sign * collator.compare(have[i - 1], text) > 0)) wrong(page, `the table is not ${order}`);
  }
}

// unscripted reads the page without its script: every finding is there, and nothing that would
// need one.
async function unscripted(page, tab) {
  const links = await tab.locator("#table tbody tr:visible a").evaluateAll((list) => list.map((a) => a.getAttribute("href")));
  for (const link of links) {
    if (!await tab.locator(`article${link}`).isVisible()) wrong(page, `without a script ${link} is not shown`);
  }
  if (await tab.locator("button:visible, input:visible, select:visible").count()) wrong(page, "without a script there are controls that do nothing");
}

const profile = await mkdtemp(join(tmpdir(), "htmlcheck-"));
const patience = 120_000; // of a machine that is busy with other things
const context = (options) => chromium.launchPersistentContext(profile, {
  executablePath: browserPath, headless: true, timeout: patience,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ...options,
});
async function open(browser, page) {
  browser.setDefaultTimeout(patience);
  const tab = await browser.newPage(), url = pathToFileURL(resolve(page)).href;
  tab.on("request", (r) => { if (r.url() !== url) wrong(page, `the page asks for ${r.url()}`); });
  tab.on("console", (m) => wrong(page, `the browser says: ${m.text()}`));
  tab.on("pageerror", (e) => wrong(page, `the script fails: ${e}`));
  await tab.goto(url);
  return tab;
}
try {
  for (const page of args) await valid(page);
  let browser = await context({ deviceScaleFactor: 1 });
  for (const page of args) {
    for (const [media, colorScheme, width] of [["screen", "light", 1280], ["screen", "dark", 1280], ["screen", "light", 360], ["print", "dark", 720]]) {
      const tab = await open(browser, page), way = `${media}, ${colorScheme}, ${width} pixels`;
      await tab.setViewportSize({ width, height: 800 });
      await tab.emulateMedia({ media, colorScheme });
      await accessible(page, tab, way);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) wrong(page, `${way}: the page is ${wide} pixels too wide`);
      await tab.close();
    }
    const tab = await open(browser, page);
    await used(page, tab);
    await accessible(page, tab, "sorted");
    if ((await tab.pdf()).length < 1000) wrong(page, "nothing is printed");
    if (picture && page === args[0]) {
      await tab.reload();
      await tab.setViewportSize({ width: 1100, height: 800 });
      const first = await tab.locator("article pre").first().boundingBox();
      await tab.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width: 1100, height: first.y } });
    }
    await tab.close();
  }
  await browser.close();
  browser = await context({ javaScriptEnabled: false });
  for (const page of args) {
    const tab = await open(browser, page);
    await unscripted(page, tab);
    await tab.close();
  }
  await browser.close();
} finally {
  await rm(profile, { recursive: true, force: true });
}
console.log(`${args.length} pages, ${errors} errors`);
process.exit(errors ? 1 : 0);
