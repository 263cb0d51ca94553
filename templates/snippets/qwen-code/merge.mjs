// Merges {{ files.config | comment }} into the settings of {{ client.name | comment }}, and keeps a copy of them; with "undo" it brings the copy back.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

const file = join(process.env.QWEN_HOME || join(homedir(), ".qwen"), "settings.json");
const copy = file + {{ ".before-" ~ provider.id }};

/** Reads JSON that may have comments, and commas before a closing bracket. @param {string} name */
function read(name) {
  const texts = /("(?:\\.|[^"\\])*")/.source;
  const bare = readFileSync(name, "utf8").replace(RegExp(texts + "|//.*|/\\*[^]*?\\*/", "g"), "$1");
  return JSON.parse(bare.replace(RegExp(texts + "|,(?=\\s*[}\\]])", "g"), "$1"));
}

/** Adds settings to others, which stay. In a list, the same model of the same API is replaced. @param {any} had @param {any} added */
function merge(had, added) {
  if (Array.isArray(had) && Array.isArray(added)) {
    const another = (/** @type {any} */ one) => !added.some((two) => one.id === two.id && one.baseUrl === two.baseUrl);
    return [...had.filter(another), ...added];
  }
  if (!had || typeof had !== "object" || typeof added !== "object") return added;
  const changed = Object.entries(added).map(([name, value]) => [name, merge(had[name], value)]);
  return { ...had, ...Object.fromEntries(changed) };
}

if (process.argv[2] === "undo") {
  renameSync(copy, file);
} else {
  if (existsSync(file) && !existsSync(copy)) copyFileSync(file, copy);
  mkdirSync(dirname(file), { recursive: true });
  const settings = merge(existsSync(file) ? read(file) : {}, read({{ files.config }}));
  writeFileSync(file, JSON.stringify(settings, null, 2) + "\n");
}
