// Reads the Link header of HEAD answers with http-link-header: ADDRESS PATH... -> {PATH: [{uri, rel, ...}] or the error}
import LinkHeader from "http-link-header";

const [address, ...paths] = process.argv.slice(2);
const links = {};
for (const path of paths) {
  const answer = await fetch(address + path, { method: "HEAD" });
  try {
    links[path] = LinkHeader.parse(answer.headers.get("link") ?? "").refs;
  } catch (error) {
    links[path] = error.message;
  }
}
console.log(JSON.stringify(links));
