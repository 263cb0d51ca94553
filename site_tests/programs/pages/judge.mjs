// Judges pages as Lighthouse does on a telephone, in one browser. Takes the browser's path and the pages' addresses;
// writes {address: {category: score of 100, "failed": [audits]}} as JSON.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox"], logLevel: "silent" });
const result = {};
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port,
      logLevel: "silent",
      output: "json",
      onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
    });
    const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
    const failed = Object.values(lhr.categories)
      .filter(({ id }) => id !== "performance")
      .flatMap(({ auditRefs }) => auditRefs.map(({ id }) => lhr.audits[id]))
      .filter(({ score }) => score !== null && score < 1)
      .map(({ id, title }) => `${id}: ${title}`);
    result[address] = { ...Object.fromEntries(scores), failed };
  }
} finally {
  await chrome.kill();
}
process.stdout.write(JSON.stringify(result));
