// @ts-check
"use strict";

/** @param {"conflicts" | "map"} name */
function showTab(name) {
  for (const one of ["conflicts", "map"]) {
    byId(`panel-${one}`).hidden = one !== name;
    byId(`tab-${one}`).setAttribute("aria-selected", String(one === name));
    byId(`tab-${one}`).tabIndex = one === name ? 0 : -1;
  }
  if (name === "map") map().view.resize();
}

/** Shows what the address names: `#conflict-<id>`, `#map` or `#map-<node id>`. */
function follow() {
  const [, kind, rest] = /^#(conflict|map)(?:-(.*))?$/s.exec(location.hash) ?? [];
  const id = rest === undefined ? "" : decoded(rest);
  showTab(kind === "map" ? "map" : "conflicts");
  const node = kind === "map" ? nodeOf.get(id) : undefined;
  if (node !== undefined) goTo(node);
  if (kind === "conflict") openConflict(id);
  if (kind === "conflict" && matchMedia("(max-width: 860px)").matches) shownEvidence.scrollIntoView();
}

/** @param {string} text */
function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** @param {boolean} dark */
function paintTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
  mapped?.view.readColours();
}

function listen() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  paintTheme(dark.matches);
  dark.addEventListener("change", () => paintTheme(dark.matches));
  byId("theme").addEventListener("click", () => paintTheme(document.documentElement.dataset.theme !== "dark"));
  byId("filters").addEventListener("input", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => { limit += STEP; showList(); });
  list.addEventListener("keydown", stepList);
  for (const name of ["conflicts", "map"]) byId(`tab-${name}`).addEventListener("click", () => pickTab(name));
  document.querySelector(".tabs")?.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(/** @type {KeyboardEvent} */ (event).key)) return;
    const name = byId("panel-map").hidden ? "map" : "conflicts";
    pickTab(name);
    byId(`tab-${name}`).focus();
  });
  seek.addEventListener("input", showHits);
  seek.addEventListener("keydown", stepHits);
  seek.addEventListener("blur", () => setTimeout(() => openHits(false), 200));
  byId("as-map").addEventListener("click", () => showAs(false));
  byId("as-table").addEventListener("click", () => showAs(true));
  moreRows.addEventListener("click", () => { rowLimit += STEP; showRows(); });
  byId("zoom-in").addEventListener("click", () => map().view.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => map().view.zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => map().view.fit());
  byId("overview").addEventListener("click", () => {
    const { fold, view } = map();
    fold.overview();
    view.select(-1);
    view.fit();
    showStatus();
  });
  window.addEventListener("hashchange", follow);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    (byId("panel-map").hidden ? text : seek).focus();
  });
}

/** @param {string} name */
function pickTab(name) {
  const hash = name === "map" ? "#map" : current ? `#conflict-${encodeURIComponent(current)}` : "#";
  if (location.hash === hash) showTab(name === "map" ? "map" : "conflicts");
  else location.hash = hash;
}

function start() {
  const stats = Object.entries(/** @type {Record<string, unknown>} */ (data("summary-data")));
  byId("stats").append(...stats.map(([name, value]) => make("div", {}, make("dt", {}, name),
    make("dd", {}, typeof value === "number" ? counted(value) : String(value)))));
  byId("count-conflicts").textContent = counted(conflicts.length);
  byId("count-nodes").textContent = plural(graph().nodes.length, "node");
  fillFilters();
  listen();
  filter();
  if (!location.hash && conflicts.length) openConflict(conflicts[0].id);
  else if (!conflicts.length) shownEvidence.replaceChildren(make("p", { class: "empty" }, "Nothing in these documents was found in conflict."));
  follow();
}

start();
