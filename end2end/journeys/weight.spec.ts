// What the labeling page weighs. Bytes need no clock, so they are held by a test; `make speed` measures times.
import { expect, test } from "@playwright/test";
import { code, codeBar, weigh, withoutWasm, withoutWasmBar } from "../weight";
import { candidates } from "./photographs";
import { importPhotographs, makeProject, newName, openSignUp, signInAsAdmin, signUp, visitor } from "./server";
import { begin } from "./voters";

const fish = "n02512053";

test("the labeling page keeps within its bytes", async ({ browser, isMobile }) => {
  test.skip(isMobile, "the code is the same on a phone");
  const adminContext = await visitor(browser);
  await signInAsAdmin(adminContext.request);
  await openSignUp(adminContext.request);
  const project = await makeProject(adminContext.request, newName("Weighed"), [fish], { batch_size: 48 });
  await importPhotographs(adminContext.request, project, fish, candidates(fish));
  await adminContext.close();
  const context = await visitor(browser);
  await signUp(context.request, newName("worker"));
  await begin(context.request, project);
  const weight = await weigh(await context.newPage(), `/label/${project}`);
  expect(weight.wasm, `the page has woken up: ${JSON.stringify(weight)}`).toBeGreaterThan(10_000);
  expect(weight.pictureCount).toBeGreaterThan(0);
  expect(code(weight), `all code: ${JSON.stringify(weight)}`).toBeLessThanOrEqual(codeBar);
  expect(withoutWasm(weight), `enough to label without wasm: ${JSON.stringify(weight)}`).toBeLessThanOrEqual(withoutWasmBar);
  await context.close();
});
