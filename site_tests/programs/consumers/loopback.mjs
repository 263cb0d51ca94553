// Fetches addresses of the production origin from where they are served: [ORIGIN, ADDRESS, ...rest] of the command line.
export const [origin, address, ...rest] = process.argv.slice(2);

export const read = [];

export async function viaLoopback(input, init) {
  const url = new URL(input.url ?? input);
  if (url.origin !== origin) throw new Error(`${url} is not on ${origin}`);
  const { status, headers, body } = await fetch(address + url.pathname + url.search, init);
  if (status === 200) read.push(url.pathname);
  return new Response(body, { status, headers });
}

export async function verdict(attempt) {
  try {
    return { accepted: await attempt() };
  } catch (error) {
    return { refused: [error.message, error.cause?.message].filter(Boolean).join(": ") };
  }
}
