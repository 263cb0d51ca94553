// Our paths on an origin that has other content, too: a worker of the zone, which passes requests for them on to the
// project of Cloudflare Pages that the variable AGENTDOCS_PROJECT names, and all others to where they went before. It was
// written together with the pages: publish it with them, and do not edit it.

const OURS = new RegExp({{ claims.ours }});
const THEIRS = new RegExp({{ claims.theirs or "(?!)" }});

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const path = decoded(url.pathname);
    if (!OURS.test(path) || THEIRS.test(path)) return fetch(request);
    return fetch(new Request(new URL(url.pathname + url.search, env.AGENTDOCS_PROJECT), request), { redirect: "manual" });
  },
};

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
