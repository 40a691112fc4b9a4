// @ts-check
"use strict";

const SEVERITIES = ["error", "warning", "note"];
/** Rows shown at once, here and in the table. */
const STEP = 100;

const list = byId("list"), shownEvidence = byId("evidence"), found = byId("found"), more = byId("more");
const text = /** @type {HTMLInputElement} */ (byId("text"));
const type = /** @type {HTMLSelectElement} */ (byId("type"));
/** @type {Conflict[]} */
let matching = conflicts;
let limit = STEP;
let current = "";

/** @param {Conflict} conflict */
function row(conflict) {
  const link = make("a", { href: `#conflict-${encodeURIComponent(conflict.id)}` },
    make("div", { class: `head is-${conflict.severity}` }, make("span", { class: "badge" }, conflict.severity),
      make("span", {}, `${conflict.rule} ${conflict.type}`),
      make("span", { class: "confidence", title: "confidence" }, conflict.confidence.toFixed(2))),
    make("div", { class: "subject" }, conflict.subject || conflict.why),
    ...sidesOf(conflict).slice(0, 2).map((side) => make("div", { class: "where" }, `${side.file}:${side.line}`)));
  if (conflict.id === current) link.setAttribute("aria-current", "true");
  return make("li", {}, link);
}

function filter() {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const checked = [...document.querySelectorAll("#severities input:checked")];
  const severities = new Set(checked.map((box) => /** @type {HTMLInputElement} */ (box).value));
  matching = conflicts.filter((conflict) => severities.has(conflict.severity)
    && (!type.value || conflict.type === type.value)
    && words.every((word) => haystacks.get(conflict.id)?.includes(word)));
  limit = STEP;
  showList();
}

function showList() {
  list.replaceChildren(...matching.slice(0, limit).map(row));
  found.textContent = matching.length === conflicts.length ? plural(conflicts.length, "conflict")
    : `${counted(matching.length)} of ${plural(conflicts.length, "conflict")}`;
  more.hidden = matching.length <= limit;
  more.textContent = `Show ${counted(Math.min(STEP, matching.length - limit))} more`;
  if (!matching.length) {
    const empty = conflicts.length ? "No conflict matches these filters." : "No conflicts were found.";
    list.append(make("li", { class: "empty" }, empty));
  }
}

/** @param {string} id */
function openConflict(id) {
  const conflict = byKey.get(id);
  if (!conflict) {
    shownEvidence.replaceChildren(make("p", { class: "empty" }, `There is no conflict ${id} in this report.`));
    return;
  }
  current = id;
  const at = matching.indexOf(conflict);
  if (at >= limit) { limit = Math.ceil((at + 1) / STEP) * STEP; showList(); }
  for (const link of list.querySelectorAll("a")) link.removeAttribute("aria-current");
  const link = at < 0 ? null : list.children[at]?.querySelector("a");
  link?.setAttribute("aria-current", "true");
  link?.scrollIntoView({ block: "nearest" });
  const onMap = [`conflict:${id}`, ...sidesOf(conflict).map((side) => `document:${side.file}`)].find((key) => nodeOf.has(key));
  const actions = make("div", { class: "actions" });
  if (onMap) actions.append(button("Show on the map", () => showOnMap(onMap), "plain"));
  shownEvidence.replaceChildren(...evidence(conflict), actions);
  shownEvidence.scrollTop = 0;
}

/** @param {KeyboardEvent} event */
function stepList(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
  const next = step && at >= 0 ? links[at + step] : null;
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

function fillFilters() {
  /** @type {Map<string, number>} */
  const types = new Map();
  for (const conflict of conflicts) types.set(conflict.type, (types.get(conflict.type) ?? 0) + 1);
  type.append(make("option", { value: "" }, "All types"));
  for (const [name, count] of [...types].sort(([one], [two]) => (one < two ? -1 : 1))) {
    type.append(make("option", { value: name }, `${name} (${counted(count)})`));
  }
  for (const severity of SEVERITIES) {
    const count = conflicts.filter((conflict) => conflict.severity === severity).length;
    const box = make("input", { type: "checkbox", value: severity, checked: "" });
    byId("severities").append(make("label", { class: `is-${severity}` }, box,
      make("span", {}, make("i", { class: "dot", "aria-hidden": "true" }), `${severity} ${counted(count)}`)));
  }
}
