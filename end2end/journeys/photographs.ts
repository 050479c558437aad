// The demo's photographs and what they show. The server names a picture by the hash of its bytes, so the truth about a
// tile is found by the address of its picture.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { crc32 } from "node:zlib";

export type Photograph = {
  wnid: string;
  path: string;
  licence: string;
  attribution: string;
  good: boolean;
  bytes: Buffer;
  sha256: string;
};

const demo = resolve(import.meta.dirname, "../../assets/demo");

/** Fields of a line of CSV (RFC 4180). */
function cells(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
    .slice(0, -1);
}

function table(file: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(join(demo, file), "utf8").trim().split(/\r?\n/);
  const names = cells(`${head},`);
  return lines.map((line) => {
    const values = cells(`${line},`);
    return Object.fromEntries(names.map((name, place) => [name, values[place] ?? ""]));
  });
}

let all: Photograph[] | undefined;

/** All photographs of the demo. */
export function photographs(): Photograph[] {
  const folder = process.env.SYNVOTE_PHOTOGRAPHS;
  if (!folder) throw new Error("SYNVOTE_PHOTOGRAPHS must name the folder of the demo's photographs");
  all ??= (() => {
    const truth = new Map(table("truth.csv").map((row) => [`${row.wnid} ${row.path}`, row.truth === "1"]));
    return table("photographs.csv").map((row) => {
      const { wnid = "", path = "", licence = "", attribution = "" } = row;
      const bytes = readFileSync(join(folder, path));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { wnid, path, licence, attribution, good: truth.get(`${wnid} ${path}`) ?? false, bytes, sha256 };
    });
  })();
  return all;
}

/** Photographs that are candidates of a synset. */
export function candidates(wnid: string): Photograph[] {
  return photographs().filter((photograph) => photograph.wnid === wnid);
}

/** The hash in the address of a picture. */
export function hashOf(address: string): string {
  return /\/image\/\w+\/([0-9a-f]{64})\.jpg/.exec(address)?.[1] ?? "";
}

/** Does the picture with this address show the synset? */
export function isGood(wnid: string, address: string): boolean {
  const sha256 = hashOf(address);
  return candidates(wnid).some((photograph) => photograph.sha256 === sha256 && photograph.good);
}

/** The demo's synsets by the first of their words, which is what a page shows. */
const words: Record<string, string> = {
  bird: "n01503061",
  mammal: "n01861778",
  rodent: "n02329401",
  bovid: "n02401031",
  fish: "n02512053",
  vehicle: "n04524313",
  flower: "n11669921",
  fruit: "n13134947",
};

/** The synset that a page asks about, by its main heading. */
export function synsetOf(heading: string): string {
  const wnid = words[heading.trim()];
  if (!wnid) throw new Error(`no synset of the demo is called “${heading}”`);
  return wnid;
}

/** A zip archive of files, stored as they are. */
export function archive(files: { name: string; bytes: Buffer }[]): Buffer {
  const parts: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(0x0800, 2); // the name is UTF-8
    common.writeUInt16LE(0x21, 8); // 1980-01-01
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    index.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, entry, path);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, path, bytes);
    offset += 30 + path.length + bytes.length;
  }
  const directory = Buffer.concat(index);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
