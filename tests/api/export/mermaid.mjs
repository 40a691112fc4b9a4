// Reads a JSON array of diagrams from standard input; prints [nodes, edges] of each as Mermaid's own parser finds them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(require.resolve("mermaid")).href);

const counts = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  counts.push({ nodes: [...db.getVertices()].length, edges: db.getEdges().length, title: db.getDiagramTitle?.() ?? "" });
}
process.stdout.write(JSON.stringify(counts));
