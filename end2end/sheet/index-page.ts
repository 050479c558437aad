// Writes the page that shows the pictures side by side, when all have been taken.
import type { Reporter } from "@playwright/test/reporter";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.SHEET ?? "sheet";

type Made = { number: number; name: string; visitor: string; path: string; width: number; colorScheme: string; file: string };

export default class IndexPage implements Reporter {
  onEnd() {
    const lines = readFileSync(join(folder, "made.jsonl"), "utf8").trim().split("\n");
    const made = lines.map((line) => JSON.parse(line) as Made);
    const screens = [...new Map(made.map((picture) => [picture.number, picture])).values()].sort((a, b) => a.number - b.number);
    const sections = screens.map((screen) => section(screen, made.filter(({ number }) => number === screen.number)));
    writeFileSync(join(folder, "index.html"), document(screens, sections));
    console.log(`\nsheet: ${made.length} pictures of ${screens.length} screens: ${join(folder, "index.html")}`);
  }
}

function section(screen: Made, pictures: Made[]): string {
  const order = (picture: Made) => picture.width * 2 + Number(picture.colorScheme === "dark");
  const shown = pictures.sort((a, b) => order(a) - order(b)).map(({ file, width, colorScheme }) =>
    `<figure class="w${width}"><a href="${file}"><img src="${file}" loading="lazy" alt=""></a><figcaption>${width} px, ${colorScheme}</figcaption></figure>`);
  return `<section id="s${screen.number}"><h2>${text(screen.name)} <small>${text(screen.visitor)} · <code>${text(screen.path)}</code></small></h2><div>${shown.join("")}</div></section>`;
}

function document(screens: Made[], sections: string[]): string {
  const links = screens.map(({ number, name, visitor }) => `<a href="#s${number}">${text(visitor)}: ${text(name)}</a>`);
  return `<!doctype html><meta charset="utf-8"><title>Synvote: the sheet</title><style>
body { margin: 1rem; font: 15px/1.4 system-ui, sans-serif; background: #8884 }
nav { columns: 4 14rem; font-size: 13px } nav a { display: block }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem } small { font-weight: 400; opacity: .7 }
section > div { display: flex; gap: .75rem; align-items: flex-start; overflow-x: auto }
figure { flex: none; margin: 0 } figcaption { font-size: 12px; opacity: .7 }
img { display: block; width: 100%; border: 1px solid #8886 }
.w390 { width: 195px } .w768 { width: 300px } .w1280 { width: 480px }
</style><h1>Synvote: every screen</h1><nav>${links.join("")}</nav>${sections.join("")}\n`;
}

function text(words: string): string {
  return words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
