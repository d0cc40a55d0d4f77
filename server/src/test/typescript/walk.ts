// What a user of the generated client does in a day. It compiles only if the description has the types for it, and ends with 0 only
// if the room answers as described.
import { deepStrictEqual as same, ok } from "node:assert";
import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { components, paths } from "./room.js";

const [url, tokenFile] = process.argv.slice(2) as [string, string];
const token = readFileSync(tokenFile, "utf8").trim();
const room = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });

type Problem = components["schemas"]["Problem"];

function done<T>(answer: { data?: T; error?: Problem }): T {
  ok(answer.data !== undefined, JSON.stringify(answer.error));
  return answer.data;
}

function refused(answer: { error?: Problem; response: Response }, status: number, code: string): void {
  same([answer.response.status, answer.error?.code], [status, code]);
  ok(answer.error!.detail.length > 0);
}

async function createsOnceAndIsToldTheSameAgain(): Promise<void> {
  const params = { path: { name: "small" }, header: { "Idempotency-Key": "small-1", "If-None-Match": "*" } };
  const body = { labels: { tier: "web" }, spec: { vcpus: 2, memoryMiB: 512 } };
  const first = await room.PUT("/v1/flavors/{name}", { params, body });
  const again = await room.PUT("/v1/flavors/{name}", { params, body });
  same([first.response.status, again.response.status], [201, 201]);
  same(done(first).uid, done(again).uid);
}

async function changesOnlyWhatItHasSeen(): Promise<void> {
  const path = { name: "small" };
  const seen = await room.GET("/v1/flavors/{name}", { params: { path } });
  const etag = seen.response.headers.get("ETag")!;
  same(done(seen).spec.vcpus, 2);
  const patch = { params: { path, header: { "If-Match": etag } }, body: { spec: { vcpus: 4 } } };
  same(done(await room.PATCH("/v1/flavors/{name}", patch)).spec.vcpus, 4);
  refused(await room.PATCH("/v1/flavors/{name}", patch), 412, "stale");
}

async function rehearses(): Promise<void> {
  const params = { path: { name: "rehearsed" }, query: { dryRun: "true" } };
  const answer = await room.PUT("/v1/flavors/{name}", { params, body: { spec: { vcpus: 1, memoryMiB: 256 } } });
  same(done(answer).name, "rehearsed");
  refused(await room.GET("/v1/flavors/{name}", { params: { path: params.path } }), 404, "not-found");
}

async function isRefusedWithAReason(): Promise<void> {
  const params = { path: { name: "bad" } };
  refused(await room.PUT("/v1/flavors/{name}", { params, body: { spec: { vcpus: -1, memoryMiB: 1 } } }), 400, "manifest-malformed");
}

async function writesManyAndReadsThemPageByPage(): Promise<void> {
  const operations = Array.from({ length: 25 }, (_, at) => ({
    op: "put" as const,
    kind: "Flavor",
    name: `many-${String(at).padStart(2, "0")}`,
    content: { labels: { tier: "many" }, spec: { vcpus: 1 + at, memoryMiB: 512 } },
  }));
  const outcomes = done(await room.POST("/v1/batch", { body: { operations } })).outcomes!;
  ok(outcomes.every((each) => each.outcome === "created"));
  const names: string[] = [];
  let after: string | undefined;
  do {
    const query = { label: "tier=many", sort: "-spec.vcpus", limit: "10", ...(after ? { after } : {}) };
    const page = done(await room.GET("/v1/flavors", { params: { query } }));
    names.push(...page.items.map((each) => each.name));
    after = page.next;
  } while (after);
  same(names, operations.map((each) => each.name).reverse());
}

async function readsWhatIsThere(): Promise<void> {
  const kinds = done(await room.GET("/v1/kinds"));
  ok(kinds.some((kind) => kind.name === "Flavor" && kind.scope === "estate"));
  same(done(await room.GET("/v1/whoami")).role, "operator");
  const explained = done(await room.GET("/v1/flavors/{name}/explain", { params: { path: { name: "small" } } }));
  same(explained.key.name, "small");
}

async function deletes(): Promise<void> {
  const params = { path: { name: "small" } };
  const answer = await room.DELETE("/v1/flavors/{name}", { params });
  same(answer.error, undefined);
  refused(await room.DELETE("/v1/flavors/{name}", { params }), 404, "not-found");
}

for (const step of [
  createsOnceAndIsToldTheSameAgain,
  changesOnlyWhatItHasSeen,
  rehearses,
  isRefusedWithAReason,
  writesManyAndReadsThemPageByPage,
  readsWhatIsThere,
  deletes,
]) {
  await step();
  console.log(`ok ${step.name}`);
}
