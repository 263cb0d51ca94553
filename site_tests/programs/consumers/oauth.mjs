// Discovers the account login and protected resources: ORIGIN ADDRESS RESOURCE... -> {consumer: {what: verdict}}
// A verdict is {accepted: metadata} or {refused: why}; `read` lists the documents that were found.
import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
} from "@modelcontextprotocol/client";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { origin, read, rest as resources, verdict, viaLoopback } from "./loopback.mjs";

const issuer = new URL(origin);
const verdicts = { oauth4webapi: {}, "openid-client": {}, "@modelcontextprotocol/client": {} };

for (const algorithm of ["oauth2", "oidc"]) {
  verdicts.oauth4webapi[algorithm] = await verdict(async () => {
    const answer = await oauth.discoveryRequest(issuer, { algorithm, [oauth.customFetch]: viaLoopback });
    return oauth.processDiscoveryResponse(issuer, answer);
  });
  verdicts["openid-client"][algorithm] = await verdict(async () => {
    const options = { algorithm, [openid.customFetch]: viaLoopback };
    const client = await openid.discovery(issuer, "documentation", undefined, openid.None(), options);
    return client.serverMetadata();
  });
}
verdicts["@modelcontextprotocol/client"].oauth2 = await verdict(async () => {
  const found = await discoverAuthorizationServerMetadata(origin, { fetchFn: viaLoopback });
  if (!found) throw new Error("nothing found");
  return found;
});
for (const resource of resources) {
  verdicts.oauth4webapi[resource] = await verdict(async () => {
    const answer = await oauth.resourceDiscoveryRequest(new URL(resource), { [oauth.customFetch]: viaLoopback });
    return oauth.processResourceDiscoveryResponse(new URL(resource), answer);
  });
  verdicts["@modelcontextprotocol/client"][resource] = await verdict(() =>
    discoverOAuthProtectedResourceMetadata(resource, undefined, viaLoopback),
  );
}
console.log(JSON.stringify({ verdicts, read: [...new Set(read)] }));
