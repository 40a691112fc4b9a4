// @ts-check
"use strict";

const LABELS = 160;

/** One frame of the map. */
class Painter {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    this.fold = view.fold;
    this.pen = view.pen;
    this.colour = view.colour;
    this.scale = view.scale;
    this.width = view.width;
    this.height = view.height;
  }

  paint() {
    const { pen, width, height, scale } = this, ratio = window.devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setTransform(ratio * scale, 0, 0, ratio * scale,
      ratio * (width / 2 - this.view.x * scale), ratio * (height / 2 - this.view.y * scale));
    const bright = this.view.bright();
    this.paintDiscs();
    this.paintBundles(bright);
    this.paintMarks(bright);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paintLabels(bright);
  }

  paintDiscs() {
    const { pen, colour, scale } = this, { regions } = this.fold.graph;
    for (const index of this.fold.discs) {
      if (!index) continue;
      const [, , , x, y, r] = regions[index];
      pen.beginPath();
      pen.arc(x, y, r, 0, 7);
      pen.fillStyle = colour.disc;
      pen.fill();
      pen.lineWidth = (index === this.view.selected ? 2.5 : 1) / scale;
      pen.strokeStyle = index === this.view.selected ? colour.accent : colour["disc-line"];
      pen.stroke();
    }
  }

  /** @param {Set<number> | null} bright */
  paintBundles(bright) {
    const { pen, colour, scale, fold } = this, { regions } = fold.graph, focus = this.view.focus();
    const calm = Math.max(0.14, Math.min(0.42, 9 / Math.sqrt(fold.bundles.length)));
    const tied = (/** @type {Bundle} */ one) => one.from === focus || one.to === focus;
    const drawn = focus < 0 ? fold.bundles : [...fold.bundles, ...fold.others.filter(tied)];
    for (const bundle of drawn) {
      const { from, to, role, weight } = bundle;
      const [, , , x1, y1, r1] = regions[from], [, , , x2, y2, r2] = regions[to];
      const far = Math.hypot(x2 - x1, y2 - y1) || 1, ux = (x2 - x1) / far, uy = (y2 - y1) / far;
      const ax = x1 + ux * r1, ay = y1 + uy * r1, bx = x2 - ux * r2, by = y2 - uy * r2;
      pen.beginPath();
      pen.moveTo(ax, ay);
      pen.quadraticCurveTo((ax + bx) / 2 - uy * far * 0.1, (ay + by) / 2 + ux * far * 0.1, bx, by);
      pen.lineWidth = (1 + 4 * Math.log(weight) / Math.log(1 + fold.heaviest)) / scale;
      pen.setLineDash(role === "denied" ? [6 / scale, 4 / scale] : []);
      pen.strokeStyle = role === "plain" ? colour.edge : role === "replaces" ? colour.deprecated : colour.conflict;
      pen.globalAlpha = focus >= 0 ? (tied(bundle) ? 0.9 : 0.04) : bright ? calm / 2 : calm;
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** @param {Set<number> | null} bright */
  paintMarks(bright) {
    const { pen, colour, scale } = this, { regions } = this.fold.graph;
    for (const index of this.fold.marks) {
      const [, , , x, y, r, count] = regions[index];
      pen.globalAlpha = !bright || bright.has(index) ? 1 : 0.16;
      pen.beginPath();
      pen.arc(x, y, r, 0, 7);
      pen.fillStyle = this.fill(index);
      pen.fill();
      if (this.fold.inside[index].length) this.paintShare(x, y, r, this.fold.conflicts[index] / count);
      pen.lineWidth = (index === this.view.selected ? 3 : 1.2) / scale;
      pen.strokeStyle = index === this.view.selected ? colour.accent : colour.paper;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /** A ring on a folded disc: the share of conflicts among what is inside. @param {number} x @param {number} y @param {number} r @param {number} share */
  paintShare(x, y, r, share) {
    if (!share) return;
    const { pen, colour } = this, thick = Math.max(2.5 / this.scale, r * 0.09);
    pen.beginPath();
    pen.arc(x, y, r - thick / 2, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
    pen.lineWidth = thick;
    pen.strokeStyle = colour.conflict;
    pen.stroke();
  }

  /** @param {number} index */
  fill(index) {
    const node = this.fold.graph.nodes[this.fold.graph.regions[index][7]];
    return node ? this.colour[node[2]] || this.colour.other : this.colour.fold;
  }

  /** Labels of open discs, then of marks, larger first, none over another. @param {Set<number> | null} bright */
  paintLabels(bright) {
    const { fold, pen } = this, { regions } = fold.graph;
    /** @type {number[][]} */
    const taken = [];
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const order = (/** @type {number[]} */ list) => [...list].sort((a, b) => regions[b][5] - regions[a][5] || a - b);
    for (const index of order(fold.discs)) if (index) this.label(index, true, taken, bright);
    let left = LABELS;
    const marks = order(fold.marks);
    for (const index of bright ? marks.filter((one) => bright.has(one)) : marks) {
      if (left <= 0) break;
      if (this.label(index, false, taken, bright)) left--;
    }
  }

  /**
   * @param {number} index @param {boolean} disc @param {number[][]} taken @param {Set<number> | null} bright
   * @returns {boolean}
   */
  label(index, disc, taken, bright) {
    const { pen, colour, scale, width, height } = this, [, , name, mx, my, mr, count, node] = this.fold.graph.regions[index];
    const x = width / 2 + (mx - this.view.x) * scale, y = height / 2 + (my - this.view.y) * scale, r = mr * scale;
    if (x + r < 0 || y + r < 0 || x - r > width || y - r > height) return false;
    const wanted = bright !== null;
    if (disc ? r < 34 : r < (wanted ? 3 : 13)) return false;
    const size = disc ? 12.5 : Math.max(11, Math.min(15, r / 3.2));
    pen.font = `${disc ? 600 : 500} ${size}px system-ui, "Segoe UI", Roboto, Arial, sans-serif`;
    const short = node >= 0 && this.fold.graph.nodes[node][2] === "document" ? name.slice(name.lastIndexOf("/") + 1) : name;
    const inner = !disc && (pen.measureText(short).width < 1.8 * r || (node < 0 && r > 22));
    const text = shorten(pen, short, inner ? 1.8 * r : disc ? Math.max(150, 1.6 * r) : 150);
    const half = pen.measureText(text).width / 2 + 2, counted = inner && node < 0 && r > 24;
    const ty = (disc ? [y - r, y + r] : [inner ? y : y + r + size * 0.75]).find((middle) => {
      const box = [x - half, middle - size * 0.62, x + half, middle + size * (counted ? 1.7 : 0.62)];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
      return taken.push(box);
    });
    if (ty === undefined) return false;
    pen.fillStyle = inner && node >= 0 ? colour["on-mark"] : colour.ink;
    pen.strokeStyle = colour.paper;
    pen.lineWidth = 3.5;
    if (!inner) pen.strokeText(text, x, ty);
    pen.fillText(text, x, ty);
    if (counted) {
      pen.font = "11px system-ui, Arial, sans-serif";
      pen.fillText(count.toLocaleString("en"), x, ty + size * 1.15);
    }
    return true;
  }
}

/**
 * A text cut to a width, an ellipsis standing for the rest.
 * @param {CanvasRenderingContext2D} pen @param {string} text @param {number} room
 */
function shorten(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let low = 1, high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}
