// What a page weighs on the wire, by kind, as the server sends it: compressed, with the headers of each answer.
import type { Page } from "@playwright/test";

export type Weight = { html: number; css: number; js: number; wasm: number; pictures: number; pictureCount: number };

/** The bars, in bytes: all code of the labeling page, and what must suffice to label without wasm. */
export const codeBar = 250_000;
export const withoutWasmBar = 30_000;

export const code = ({ html, css, js, wasm }: Weight) => html + css + js + wasm;
export const withoutWasm = ({ html, css }: Weight) => html + css;

/** Opens a page with an empty cache, waits until the line is quiet, and says what came. */
export async function weigh(page: Page, path: string): Promise<Weight> {
  const weight: Weight = { html: 0, css: 0, js: 0, wasm: 0, pictures: 0, pictureCount: 0 };
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map<string, keyof Weight | undefined>();
  const counted = new Set<string>();
  client.on("Network.responseReceived", ({ requestId, response }) => {
    kinds.set(requestId, kind(response.mimeType));
    // A preload that the module takes over is reported twice.
    if (counted.has(response.url)) kinds.delete(requestId);
    counted.add(response.url);
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const of = kinds.get(requestId);
    if (!of) return;
    weight[of] += encodedDataLength;
    if (of === "pictures") weight.pictureCount += 1;
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await client.detach();
  return weight;
}

function kind(mime: string): keyof Weight | undefined {
  if (mime === "text/html") return "html";
  if (mime === "text/css") return "css";
  if (mime === "text/javascript") return "js";
  if (mime === "application/wasm") return "wasm";
  // Icons in the code are not what a worker looks at.
  return mime === "image/jpeg" ? "pictures" : undefined;
}
