// @ts-check
"use strict";

/** Links the panel shows of a node. */
const NEIGHBOURS = 40;

/** @type {{fold: Fold, view: MapView} | null} */
let mapped = null;
/** @type {Graph | null} */
let read = null;
/** @type {Map<string, number>} */
const nodeOf = new Map();
/** @type {Map<number, number[]>} */
const edgesAt = new Map();
const panel = byId("panel"), hits = byId("hits"), rows = byId("rows"), moreRows = byId("more-rows");
const seek = /** @type {HTMLInputElement} */ (byId("seek"));
let chosen = -1;
let rowLimit = STEP;

/** The graph, read when it is first needed. @returns {Graph} */
function graph() {
  if (read) return read;
  const value = /** @type {Graph} */ (data("graph-data"));
  value.nodes.forEach((node, index) => nodeOf.set(node[0], index));
  value.edges.forEach(([source, target], index) => {
    for (const end of new Set([source, target])) {
      const known = edgesAt.get(end);
      if (known) known.push(index);
      else edgesAt.set(end, [index]);
    }
  });
  read = value;
  return value;
}

/** The map, built when it is first shown. */
function map() {
  if (mapped) return mapped;
  const fold = new Fold(graph());
  const canvas = /** @type {HTMLCanvasElement} */ (byId("canvas"));
  const view = new MapView(canvas, byId("tip"), fold, { onSelect: showRegion, onChange: showStatus });
  mapped = { fold, view };
  fillLegend();
  showStatus();
  showRegion(-1);
  return mapped;
}

/** @param {string} id */
function showOnMap(id) {
  location.hash = `map-${encodeURIComponent(id)}`;
}

/** Unfolds, centres and selects a node. @param {number} node */
function goTo(node) {
  const { fold, view } = map(), region = fold.ofNode[node];
  fold.reveal(region);
  view.resize();
  view.centre(region);
  view.select(region);
  showStatus();
}

function showStatus() {
  if (!mapped || byId("stage").hidden) return;
  const { nodes } = graph(), { shownNodes, marks, bundles, others } = mapped.fold, folded = marks.length - shownNodes;
  const parts = [`${counted(shownNodes)} of ${plural(nodes.length, "node")} shown`];
  if (folded) parts.push(`the rest in ${plural(folded, "folded disc")}`);
  if (others.length) parts.push(`the heaviest ${counted(bundles.length)} of ${counted(bundles.length + others.length)} ties drawn`);
  byId("shown").textContent = parts.join(", ");
}

function fillLegend() {
  const { nodes, edges, kinds } = graph(), legend = byId("legend");
  /** @type {Record<string, string>} */
  const names = { conflict: "in conflict", denied: "denied", replaces: "replaces", plain: "affirmed or cited" };
  /** @type {Map<string, number>} */
  const nodeKinds = new Map(), roles = new Map();
  for (const node of nodes) nodeKinds.set(node[2], (nodeKinds.get(node[2]) ?? 0) + 1);
  for (const edge of edges) roles.set(edge[2], (roles.get(edge[2]) ?? 0) + 1);
  for (const [kind, count] of [...nodeKinds].sort()) {
    const dot = make("i", { class: "dot" });
    dot.style.setProperty("--tone", `var(--${kind in kinds ? kind : "other"})`);
    legend.append(make("li", {}, dot, `${kinds[kind] ?? kind} ${counted(count)}`));
  }
  legend.append(make("li", {}, make("i", { class: "dot fold" }), nodeKinds.has("conflict") ? "folded, with its share of conflicts" : "folded"));
  for (const [role, count] of [...roles].sort()) {
    legend.append(make("li", {}, make("i", { class: `line role-${role}` }), `${names[role] ?? role} ${counted(count)}`));
  }
}

/** @param {number} node */
const nodeButton = (node) => button(graph().nodes[node][1] || graph().nodes[node][0], () => showOnMap(graph().nodes[node][0]));

/** The panel beside the map. @param {number} region */
function showRegion(region) {
  if (region < 0) {
    const help = "Click a disc to unfold it and a node to see its evidence. Point at a node to see what it is tied to.";
    panel.replaceChildren(make("p", { class: "empty" }, help));
    return;
  }
  const node = graph().regions[region][7];
  panel.replaceChildren(...(node >= 0 ? nodePanel(node) : discPanel(region)));
  panel.scrollTop = 0;
}

/** @param {number} node @returns {HTMLElement[]} */
function nodePanel(node) {
  const [id, label, kind, group, , path, line, detail] = graph().nodes[node];
  const conflict = kind === "conflict" ? byKey.get(id.slice("conflict:".length)) : undefined;
  if (conflict) {
    const link = make("a", { class: "plain", href: `#conflict-${encodeURIComponent(conflict.id)}` }, "Open in the list");
    return [...evidence(conflict), make("div", { class: "actions" }, link), neighbours(node)];
  }
  const where = line ? `${path}:${line}` : path;
  const parts = [make("div", { class: "tags" }, make("span", { class: "badge" }, kind), make("span", {}, group)),
    make("h2", {}, label), ...(where ? [make("p", { class: "path" }, where)] : []),
    ...(detail ? [make("p", { class: "why" }, detail)] : [])];
  const here = path ? byFile.get(path) ?? [] : [];
  return [...parts, ...(here.length ? [conflictLinks(here)] : []), neighbours(node)];
}

/** @param {Conflict[]} here */
function conflictLinks(here) {
  const items = here.slice(0, NEIGHBOURS).map((conflict) => make("li", {},
    make("a", { href: `#conflict-${encodeURIComponent(conflict.id)}` }, `${conflict.rule} ${conflict.subject}`),
    make("small", {}, sidesOf(conflict).map((side) => `${side.file}:${side.line}`).join(" × "))));
  return links(`${plural(here.length, "conflict")} in this document`, items, here.length);
}

/** @param {string} title @param {HTMLElement[]} items @param {number} all */
function links(title, items, all) {
  const rest = all > items.length ? make("li", {}, `and ${counted(all - items.length)} more, see the table`) : null;
  return make("section", { class: "links" }, make("h3", {}, title), make("ul", {}, ...items, rest));
}

/** What a node is tied to, heaviest first. @param {number} node */
function neighbours(node) {
  const { edges } = graph(), at = [...(edgesAt.get(node) ?? [])].sort((a, b) => edges[b][4] - edges[a][4] || a - b);
  const items = at.slice(0, NEIGHBOURS).map((index) => {
    const [source, target, role, label, weight, detail] = edges[index];
    const other = source === node ? target : source;
    const words = [source === node ? label : `${label} (of the other)`, role === "denied" ? "denied" : "",
      weight > 1 ? `${counted(weight)} times` : "", detail];
    return make("li", {}, nodeButton(other), make("small", {}, words.filter(Boolean).join(" · ")));
  });
  return links(plural(at.length, "link"), items, at.length);
}

/** @param {number} region @returns {HTMLElement[]} */
function discPanel(region) {
  const { fold, view } = map(), { regions, nodes } = graph(), [, kind, label, , , , count] = regions[region];
  const inside = fold.inside[region].filter((one) => regions[one][7] >= 0);
  const items = inside.slice(0, NEIGHBOURS).map((one) => make("li", {}, nodeButton(regions[one][7]),
    make("small", {}, [nodes[regions[one][7]][2], nodes[regions[one][7]][3]].filter(Boolean).join(" · "))));
  const fold_ = button(fold.open.has(region) ? "Fold" : "Unfold", () => { view.toggle(region); showRegion(region); }, "plain");
  const closer = button("Zoom here", () => view.centre(region), "plain");
  return [make("div", { class: "tags" }, make("span", { class: "badge" }, kind)), make("h2", {}, label),
    make("p", { class: "why" }, `${plural(count, "node")}, ${plural(fold.conflicts[region], "conflict")}`),
    make("div", { class: "actions" }, fold_, closer), links("Directly inside", items, inside.length)];
}

/** Nodes whose label, id or path has every word, labels that start with it first. @param {string} query */
function searched(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const { nodes } = graph();
  if (!words.length) return null;
  const rank = (/** @type {number} */ index) => (nodes[index][1].toLowerCase().startsWith(words[0]) ? 0 : 1);
  return nodes.map((_, index) => index)
    .filter((index) => words.every((word) => `${nodes[index][1]}\n${nodes[index][5]}\n${nodes[index][0]}`.toLowerCase().includes(word)))
    .sort((a, b) => rank(a) - rank(b) || nodes[b][4] - nodes[a][4] || a - b);
}

function showHits() {
  const matches = searched(seek.value), { nodes } = graph();
  const { fold, view } = map();
  view.found = matches && new Set(matches.map((node) => fold.ofNode[node]));
  view.draw();
  showRows();
  chosen = matches?.length ? 0 : -1;
  const shown = byId("twin").hidden ? (matches ?? []).slice(0, 12) : [];
  hits.replaceChildren(...shown.map((node, at) => {
    const [, label, kind, group] = nodes[node];
    const item = make("li", { role: "option", id: `hit-${at}`, "data-node": String(node), "aria-selected": String(at === 0) },
      label, make("small", {}, [kind, group].filter(Boolean).join(" · ")));
    item.addEventListener("click", () => choose(at));
    return item;
  }));
  if (matches && !matches.length && byId("twin").hidden) {
    hits.append(make("li", { role: "option", "aria-selected": "false" }, "No node matches."));
  }
  openHits(hits.childElementCount > 0);
}

/** @param {boolean} open */
function openHits(open) {
  hits.hidden = !open;
  seek.setAttribute("aria-expanded", String(open));
  if (open && chosen >= 0) seek.setAttribute("aria-activedescendant", `hit-${chosen}`);
  else seek.removeAttribute("aria-activedescendant");
}

/** @param {number} at */
function choose(at) {
  const node = hits.children[at]?.getAttribute("data-node");
  openHits(false);
  if (node) showOnMap(graph().nodes[Number(node)][0]);
}

/** @param {KeyboardEvent} event */
function stepHits(event) {
  if (event.key === "Escape") { seek.value = ""; showHits(); return; }
  if (event.key === "Enter") { event.preventDefault(); choose(chosen); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], count = hits.querySelectorAll("[data-node]").length;
  if (!step || !count) return;
  event.preventDefault();
  chosen = (chosen + step + count) % count;
  [...hits.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  hits.children[chosen].scrollIntoView({ block: "nearest" });
  openHits(true);
}

function showRows() {
  if (byId("twin").hidden) return;
  const { nodes } = graph(), list = searched(seek.value)
    ?? nodes.map((_, index) => index).sort((a, b) => nodes[b][4] - nodes[a][4] || a - b);
  rows.replaceChildren(...list.slice(0, rowLimit).map((node) => {
    const [, , kind, group, size, path, line] = nodes[node], links = edgesAt.get(node)?.length ?? 0;
    return make("tr", {}, make("td", {}, nodeButton(node)), make("td", {}, kind), make("td", {}, group),
      make("td", { class: "number" }, counted(size)), make("td", { class: "number" }, counted(links)),
      make("td", {}, line ? `${path}:${line}` : path));
  }));
  moreRows.hidden = list.length <= rowLimit;
  byId("shown").textContent = `${counted(Math.min(list.length, rowLimit))} of ${plural(list.length, "row")}`;
}

/** @param {boolean} table */
function showAs(table) {
  byId("stage").hidden = table;
  byId("twin").hidden = !table;
  byId("as-map").setAttribute("aria-pressed", String(!table));
  byId("as-table").setAttribute("aria-pressed", String(table));
  byId("zoom").hidden = table;
  openHits(false);
  if (table) showRows();
  else { map().view.resize(); showStatus(); }
}
