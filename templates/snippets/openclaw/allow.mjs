// Adds {{ provider.name | comment }} to the models that {{ client.name | comment }} may choose, if you have a list of them. Its other entries stay.
import { execSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const settings = execSync("openclaw config get agents.defaults --json", { encoding: "utf8" });
const allowed = JSON.parse(settings).modelPolicy?.allow ?? [];
const added = {{ provider.id ~ "/*" }};
if (allowed.length > 0 && !allowed.includes(added)) {
  const steps = [{ path: "agents.defaults.modelPolicy.allow", value: [...allowed, added] }];
  writeFileSync("allow.json", JSON.stringify(steps));
  execSync("openclaw config set --batch-file allow.json", { stdio: "inherit" });
}
