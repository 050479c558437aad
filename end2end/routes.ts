// The addresses that the program has, read from its own list, so that no check can forget one.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const list = fileURLToPath(new URL("../app/src/pages/routes.rs", import.meta.url));

/** Patterns like `/project/:project/seed`. */
export function programRoutes(): string[] {
  const routes = [...readFileSync(list, "utf8").matchAll(/path!\("([^"]+)"\)/g)].map((found) => found[1] ?? "");
  if (routes.length < 10) throw new Error(`${list} holds ${routes.length} routes: is it still written in the same way?`);
  return routes;
}

/** The routes that none of these addresses belongs to. */
export function forgotten(addresses: string[]): string[] {
  const paths = addresses.map((address) => address.replace(/[?#].*/, ""));
  return programRoutes().filter((route) => {
    const pattern = new RegExp(`^${route.replace(/:[a-z]+/g, "[^/]+")}$`);
    // A fixed address is not what `:name` beside it is looked at with.
    const fixed = programRoutes().filter((other) => other !== route && !other.includes(":"));
    return !paths.some((path) => pattern.test(path) && !fixed.includes(path));
  });
}
