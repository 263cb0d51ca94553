// How Cloudflare Pages answers for {{ origin | bare }}. It was written together with the pages: publish it with them, and
// do not edit it. Its answers get nothing from _headers, so it writes every header field itself.

const EVERYWHERE = {{ dict(rules.everywhere) }};
const READABLE = {{ dict(readable) }};
const PREFLIGHT = {{ dict(preflight) }};
const KINDS = [
{% for kind in rules.kinds %}
  { pattern: new RegExp({{ kind.pattern }}), cache: {{ kind.cache }}, readable: {{ kind.readable }}, negotiated: {{ kind.negotiated }} },
{% endfor %}
];
const HIDDEN = new RegExp({{ rules.hidden }});
const TYPES = {{ dict(rules.types) }};
const SPECIAL = {
{% for entry in rules.special %}
  {{ entry.url }}: { storage: {{ "/" ~ entry.storage }}, type: {{ entry.media_type }} },
{% endfor %}
};
const ALIKE = [
{% for pattern_of_some, media_type in rules.alike.items() %}
  { pattern: new RegExp({{ alike(pattern_of_some) }}), type: {{ media_type }} },
{% endfor %}
];
const DEPARTURES = [ // without a target it is gone
{% for departure in rules.departures %}
  { pattern: new RegExp({{ departure.pattern() }}), target: {{ departure.leads("${}".format) }} },
{% endfor %}
];
const TWINS = {{ dict(rules.twins) }};
const LINKS = {{ dict(rules.links) }};
const MISSING = { path: {{ ("/" ~ rules.missing.storage) | replace(".html", "") }}, type: {{ rules.missing.media_type }}, cache: {{ rules.missing.kind.cache }} };

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const path = decoded(url.pathname).replace(/\/+/g, "/");
    const asset = (file, method = "GET") =>
      env.ASSETS.fetch(new Request(new URL(encodeURI(file), url), { method, redirect: "manual" }));
    const kind = KINDS.find(({ pattern }) => pattern.test(path));
    const common = { ...EVERYWHERE, "Cache-Control": kind.cache, ...(kind.readable && READABLE) };

    const folder = path.endsWith("/index.html") ? path.slice(0, -"index.html".length) : path + "/";
    let file = HIDDEN.test(path) || path === MISSING.path ? undefined : await asset(SPECIAL[path]?.storage ?? path);
    if (file && file.status >= 300 && file.status < 400) { // Pages knows the path as another one
      const target = decoded(new URL(file.headers.get("Location"), url).pathname);
      if (target === folder) {
        return new Response(null, { status: 308, headers: { ...common, Location: encodeURI(folder) + url.search } });
      }
    }
    if (!file || file.status !== 200) {
      const departure = DEPARTURES.find(({ pattern }) => pattern.test(path));
      if (departure?.target) {
        const Location = path.replace(departure.pattern, departure.target) + url.search;
        return new Response(null, { status: 308, headers: { ...EVERYWHERE, ...{{ dict(departed.headers) }}, Location } });
      }
      const page = await asset(MISSING.path);
      const headers = { ...EVERYWHERE, "Cache-Control": MISSING.cache, "Content-Type": MISSING.type };
      return new Response(request.method === "HEAD" ? null : page.body, { status: departure ? 410 : 404, headers });
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      const options = request.method === "OPTIONS";
      const preflight = options && (kind.readable || kind.negotiated) && { ...READABLE, ...PREFLIGHT };
      return new Response(null, { status: options ? 204 : 405, headers: { ...EVERYWHERE, Allow: {{ methods }}, ...preflight } });
    }

    const headers = new Headers(common);
    const twin = kind.negotiated && (TWINS[path] ?? path.slice(0, -1) + ".md");
    const alike = ALIKE.find(({ pattern }) => pattern.test(path));
    let type = SPECIAL[path]?.type ?? alike?.type ?? TYPES[suffix(kind.negotiated ? "index.html" : path)] ?? {{ unknown }};
    const link = LINKS[path] ?? (kind.negotiated && {{ usual_link[0] }} + path.slice(0, -1) + {{ usual_link[1] }});
    if (link) headers.set("Link", link);
    if (kind.negotiated) headers.set("Vary", "Accept");
    if (twin && prefersMarkdown(request.headers.get("Accept") ?? "")) {
      const markdown = await asset(twin);
      if (markdown.status === 200) {
        file = markdown;
        type = TYPES[".md"];
        for (const [field, value] of Object.entries(READABLE)) headers.set(field, value);
      }
    }
    const tag = file.headers.get("ETag");
    if (tag) headers.set("ETag", tag);
    const known = (request.headers.get("If-None-Match") ?? "").split(",").map((value) => value.trim().replace(/^W\//, ""));
    if (known.includes("*") || (tag && known.includes(tag.replace(/^W\//, "")))) {
      return new Response(null, { status: 304, headers });
    }
    headers.set("Content-Type", type);
    return new Response(request.method === "HEAD" ? null : file.body, { headers });
  },
};

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function suffix(path) {
  return path.match(/\.[^./]*$/)?.[0];
}

// Quality values of Accept (RFC 9110 section 12.4.2): the most specific range counts. Markdown needs a higher one than
// HTML, or the same if it is named.
function prefersMarkdown(accept) {
  const ranges = accept.toLowerCase().split(",").map((range) => {
    const [type, ...parameters] = range.split(";").map((part) => part.trim());
    const quality = parameters.find((parameter) => /^q=(0(\.\d*)?|1(\.0*)?)$/.test(parameter));
    return [type, quality ? Number(quality.slice(2)) : 1];
  });
  const quality = (type) =>
    [type, "text/*", "*/*"].map((name) => ranges.find(([range]) => range === name)?.[1]).find((value) => value !== undefined) ?? 0;
  const markdown = quality("text/markdown");
  const html = quality("text/html");
  return markdown > html || (markdown === html && markdown > 0 && ranges.some(([range]) => range === "text/markdown"));
}
