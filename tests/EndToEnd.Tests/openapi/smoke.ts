// smoke.js ADDRESS PICTURE PATH: uses the app by the generated types; prints what it found, or fails.
import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

const [baseUrl, file, path] = process.argv.slice(2) as [string, string, string];
const client = createClient<paths>({ baseUrl });
const picture = new Blob([readFileSync(file)], { type: "image/jpeg" });

const health = value(await client.GET("/api/health"));
const image = value(await client.GET("/api/images", { params: { query: { path } } }));
const byText = value(await client.GET("/api/search", { params: { query: { text: "a picture", top: 5, mode: "vector", format: "jpeg" } } }));
const byPicture = value(
  await client.POST("/api/search", {
    params: { query: { top: 1 } },
    body: picture,
    bodySerializer: (body) => body as Blob,
    headers: { "Content-Type": "image/jpeg" },
  }),
);
const byForm = value(await client.POST("/api/search", { body: { image: picture, top: 1 }, bodySerializer: form }));
const compared = value(await client.POST("/api/compare", { body: { a: picture, b: picture }, bodySerializer: form }));
const tagged = value(await client.PATCH("/api/images/{id}", { params: { path: { id: image.id } }, body: { tags: ["typescript"] } }));
const content = value(await client.GET("/api/images/{id}/content", { params: { path: { id: image.id } }, parseAs: "blob" }));
const duplicates = value(await client.GET("/api/duplicates", { params: { query: { top: 1, sort: "date" } } }));
const missing = await client.GET("/api/images/{id}", { params: { path: { id: "0".repeat(32) } } });

const best: components["schemas"]["SearchResult"] | undefined = byPicture.results[0];
const similarity: number | null | undefined = best?.similarity;
console.log(
  JSON.stringify({
    dimensions: health.model.dimensions,
    texts: byText.results.length,
    best: best?.id,
    similarity,
    form: byForm.results[0]?.id,
    verdict: compared.verdict,
    tags: tagged.tags,
    bytes: content.size,
    groups: duplicates.groups.length,
    detail: missing.error?.detail,
  }),
);

function form(body: object): FormData {
  const data = new FormData();
  for (const [name, part] of Object.entries(body)) data.append(name, part instanceof Blob ? part : String(part));
  return data;
}

function value<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.url}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}
