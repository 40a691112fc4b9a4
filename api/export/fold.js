// @ts-check
"use strict";

/**
 * A row of the graph's regions: parent, kind, label, x, y, radius, nodes inside, node (-1 for a disc).
 * @typedef {[number, string, string, number, number, number, number, number]} RegionRow
 * A row of its nodes: id, label, kind, group, size, path, line, detail.
 * @typedef {[string, string, string, string, number, string, number, string]} NodeRow
 * A row of its edges: source, target, role, label, weight, detail.
 * @typedef {[number, number, string, string, number, string]} EdgeRow
 * @typedef {{name: string, title: string, kinds: Record<string, string>, nodes: NodeRow[], edges: EdgeRow[],
 *   regions: RegionRow[], open: number[]}} Graph
 * @typedef {{from: number, to: number, role: string, weight: number, shares: Record<string, number>}} Bundle
 * @typedef {{onSelect: (region: number) => void, onChange: () => void}} Listener
 */

/** Roles of an edge from the loudest to the quietest; a bundle takes that of most of its weight, and any conflict's. */
const ROLES = ["conflict", "denied", "replaces", "plain"];
/** Bundles drawn at once; those of the place pointed at are always drawn. */
const BUNDLES = 500;

/** @param {Record<string, number>} shares */
function leading(shares) {
  if (shares.conflict) return "conflict";
  return ROLES.reduce((best, role) => ((shares[role] ?? 0) > (shares[best] ?? 0) ? role : best));
}

/** What of a graph is unfolded, and what is seen of it: a model without pixels. */
class Fold {
  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
    this.open = new Set(graph.open);
    /** @type {number[][]} */
    this.inside = graph.regions.map(() => []);
    graph.regions.forEach((row, index) => { if (row[0] >= 0) this.inside[row[0]].push(index); });
    this.ofNode = new Int32Array(graph.nodes.length).fill(-1);
    graph.regions.forEach((row, index) => { if (row[7] >= 0) this.ofNode[row[7]] = index; });
    this.conflicts = new Int32Array(graph.regions.length);
    for (let index = graph.regions.length - 1; index >= 0; index--) {
      const [parent, , , , , , , node] = graph.regions[index];
      if (node >= 0 && graph.nodes[node][2] === "conflict") this.conflicts[index] = 1;
      if (parent >= 0) this.conflicts[parent] += this.conflicts[index];
    }
    this.mark = new Int32Array(0);
    /** @type {number[]} */
    this.marks = [];
    /** @type {number[]} */
    this.discs = [];
    /** @type {Map<number, Set<number>>} */
    this.near = new Map();
    /** @type {Bundle[]} */
    this.bundles = [];
    /** @type {Bundle[]} */
    this.others = [];
    this.heaviest = 1;
    this.shownNodes = 0;
    this.refresh();
  }

  /** Works out which regions are drawn as marks, which as open discs, and the bundles between marks. */
  refresh() {
    const { regions, edges } = this.graph;
    this.mark = new Int32Array(regions.length).fill(-1);
    this.marks = [];
    this.discs = [];
    this.near = new Map();
    for (let index = 0; index < regions.length; index++) {
      const parent = regions[index][0];
      if (parent >= 0 && this.mark[parent] >= 0) { this.mark[index] = this.mark[parent]; continue; }
      if (this.inside[index].length && this.open.has(index)) { this.discs.push(index); continue; }
      this.mark[index] = index;
      this.marks.push(index);
    }
    /** @type {Map<number, Bundle>} */
    const bundles = new Map();
    for (const [source, target, role, , weight] of edges) {
      const one = this.mark[this.ofNode[source]], two = this.mark[this.ofNode[target]];
      if (one === two) continue;
      const from = Math.min(one, two), to = Math.max(one, two), key = from * regions.length + to;
      const bundle = bundles.get(key) ?? { from, to, role, weight: 0, shares: {} };
      bundle.weight += weight;
      bundle.shares[role] = (bundle.shares[role] ?? 0) + weight;
      bundles.set(key, bundle);
      for (const [a, b] of [[from, to], [to, from]]) {
        const set = this.near.get(a) ?? new Set();
        set.add(b);
        this.near.set(a, set);
      }
    }
    for (const bundle of bundles.values()) bundle.role = leading(bundle.shares);
    const heaviest = [...bundles.values()].sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
    this.heaviest = heaviest[0]?.weight ?? 1;
    this.bundles = heaviest.slice(0, BUNDLES).sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role));
    this.others = heaviest.slice(BUNDLES);
    this.shownNodes = this.marks.filter((index) => regions[index][7] >= 0).length;
  }

  /** @param {number} region */
  toggle(region) {
    if (!this.inside[region].length || region === 0) return;
    if (!this.open.delete(region)) this.open.add(region);
    this.refresh();
  }

  /** Unfolds everything around a region. @param {number} region */
  reveal(region) {
    for (let at = this.graph.regions[region][0]; at >= 0; at = this.graph.regions[at][0]) this.open.add(at);
    this.refresh();
  }

  overview() {
    this.open = new Set(this.graph.open);
    this.refresh();
  }
}
