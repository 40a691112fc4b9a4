// @ts-check
"use strict";

/**
 * One statement of a conflict, as in `check --format jsonl`.
 * @typedef {{file: string, line: number, column?: number, line_end?: number, quote: string, standing?: string,
 *   scope?: unknown, headings?: string[], status?: string, date?: string}} Side
 * @typedef {{id: string, type: string, rule: string, severity: string, confidence: number, subject: string,
 *   a: Side, b: Side | null, sides?: Side[], why: string, witness?: unknown, repair?: string, authority?: string,
 *   also?: string[]}} Conflict
 */

/** @type {Conflict[]} */
const conflicts = data("conflicts-data");
const byKey = new Map(conflicts.map((conflict) => [conflict.id, conflict]));
/** @type {Map<string, Conflict[]>} */
const byFile = new Map();
for (const conflict of conflicts) {
  for (const file of new Set(sidesOf(conflict).map((side) => side.file))) {
    byFile.set(file, [...(byFile.get(file) ?? []), conflict]);
  }
}
const haystacks = new Map(conflicts.map((conflict) => [conflict.id, haystack(conflict)]));

/** @param {Conflict} conflict @returns {Side[]} */
function sidesOf(conflict) {
  return conflict.sides?.length ? conflict.sides : conflict.b ? [conflict.a, conflict.b] : [conflict.a];
}

/** @param {Conflict} conflict */
function haystack(conflict) {
  const sides = sidesOf(conflict).flatMap((side) => [side.file, side.quote, ...(side.headings ?? [])]);
  return [conflict.id, conflict.rule, conflict.type, conflict.subject, conflict.why, ...sides].join("\n").toLowerCase();
}

/** Pairs of a scope or a witness, in whichever form they come. @param {unknown} value @returns {string[]} */
function pairs(value) {
  if (Array.isArray(value)) {
    return value.map((one) => {
      if (Array.isArray(one)) return one.slice(0, 2).join(" = ");
      if (one && typeof one === "object") return `${one.dimension} = ${one.value}`;
      return String(one);
    });
  }
  if (value && typeof value === "object") return Object.entries(value).map(([name, one]) => `${name} = ${one}`);
  return value ? [String(value)] : [];
}

/** @param {Side} side */
const place = (side) => `${side.file}:${side.line}${side.column ? `:${side.column}` : ""}`;

/** @param {Side} side @param {number} index */
function sideCard(side, index) {
  const letter = String.fromCharCode(65 + index % 26);
  const trail = (side.headings ?? []).join(" › ");
  const lines = side.quote.split("\n");
  const gutter = lines.map((_, at) => side.line + at).join("\n");
  const chips = [side.standing, side.status, side.date, ...pairs(side.scope)].filter(Boolean);
  return make("section", { class: "side", "aria-label": `Side ${letter}` },
    make("header", {}, make("span", { class: "letter", "aria-hidden": "true" }, letter),
      make("div", { class: "place" }, make("div", { class: "path" }, place(side)),
        trail ? make("div", { class: "trail" }, trail) : null)),
    make("blockquote", {}, make("span", { class: "gutter quote", "aria-hidden": "true" }, gutter),
      make("span", { class: "quote" }, side.quote)),
    make("footer", {}, ...chips.map((chip) => make("span", { class: "badge" }, String(chip)))));
}

/** The tag line of a conflict: severity, rule, type. @param {Conflict} conflict */
function tags(conflict) {
  return make("div", { class: `tags is-${conflict.severity}` },
    make("span", { class: "badge" }, conflict.severity), make("span", {}, conflict.rule),
    make("span", {}, conflict.type), make("span", {}, `confidence ${conflict.confidence.toFixed(2)}`));
}

/** @param {Conflict} conflict */
function facts(conflict) {
  /** @type {[string, Node | string][]} */
  const rows = [];
  const witness = pairs(conflict.witness);
  if (witness.length) rows.push(["Both hold when", witness.join(", ")]);
  if (conflict.authority) rows.push(["Authority", conflict.authority]);
  if (conflict.repair) rows.push(["Likely fix", conflict.repair]);
  if (conflict.also?.length) rows.push(["Also found by", conflict.also.join(", ")]);
  rows.push(["Id", make("code", {}, conflict.id)]);
  return make("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** @param {Conflict} conflict */
function evidence(conflict) {
  return [tags(conflict), make("h2", {}, conflict.subject || conflict.type), make("p", { class: "why" }, conflict.why),
    make("div", { class: "sides" }, ...sidesOf(conflict).map(sideCard)), facts(conflict)];
}
