// Audits pages with Lighthouse, all in one Chromium: CHROMIUM CATEGORY ADDRESS...
// -> {ADDRESS: {score, audits: {id: {score, mode, problem}}}}
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, category, ...addresses] = process.argv.slice(2);
const chromeFlags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
  ["--disable-background-networking", "--disable-component-update", "--disable-sync"], // it asks nobody else
);
const chrome = await launch({ chromePath, chromeFlags });
const pages = {};
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port,
      onlyCategories: [category],
      disableFullPageScreenshot: true, // nobody looks at it
      logLevel: "error",
    });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const audits = {};
    for (const { id } of lhr.categories[category].auditRefs) {
      const { score, scoreDisplayMode: mode, explanation, details } = lhr.audits[id];
      audits[id] = { score, mode, problem: score < 1 ? JSON.stringify(explanation ?? details ?? "") : "" };
    }
    pages[address] = { score: lhr.categories[category].score, audits };
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify(pages));
