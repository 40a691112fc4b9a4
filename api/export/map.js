// @ts-check
"use strict";

const KINDS = ["alias", "conflict", "deprecated", "document", "entity", "term"];

/** The map on a canvas: pan, zoom, hover, select. */
class MapView {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} tip
   * @param {Fold} fold
   * @param {Listener} listener
   */
  constructor(canvas, tip, fold, listener) {
    this.canvas = canvas;
    this.tip = tip;
    this.fold = fold;
    this.listener = listener;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.hover = -1;
    this.selected = -1;
    /** @type {Set<number> | null} */
    this.found = null;
    this.waiting = false;
    this.width = 0;
    this.height = 0;
    this.readColours();
    this.listen();
    new ResizeObserver(() => this.resize()).observe(canvas);
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = [...KINDS, "other", "ink", "muted", "paper", "disc", "disc-line", "fold", "edge", "accent", "on-mark"];
    /** @type {Record<string, string>} */
    this.colour = {};
    for (const name of names) this.colour[name] = style.getPropertyValue(`--${name}`).trim();
    this.draw();
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    const first = !this.width;
    this.width = clientWidth;
    this.height = clientHeight;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    if (first) this.fit();
    this.draw();
  }

  fit() {
    const shown = [...this.fold.marks, ...this.fold.discs.filter((index) => index)];
    if (!shown.length) return;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const index of shown) {
      const [, , , x, y, r] = this.fold.graph.regions[index];
      left = Math.min(left, x - r); right = Math.max(right, x + r);
      top = Math.min(top, y - r); bottom = Math.max(bottom, y + r);
    }
    this.look((left + right) / 2, (top + bottom) / 2,
      Math.min((this.width - 48) / (right - left), (this.height - 112) / (bottom - top), 6));
    this.y += 22 / this.scale;
    this.draw();
  }

  /** @param {number} x @param {number} y @param {number} scale */
  look(x, y, scale) {
    this.x = x;
    this.y = y;
    this.scale = Math.min(40, Math.max(0.01, scale));
    this.draw();
  }

  /** Zooms around a point of the canvas. @param {number} factor @param {number} [px] @param {number} [py] */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const [x, y] = this.toMap(px, py);
    const scale = Math.min(40, Math.max(0.01, this.scale * factor));
    this.look(x - (px - this.width / 2) / scale, y - (py - this.height / 2) / scale, scale);
  }

  /** Brings a region into the middle, close enough to read. @param {number} region */
  centre(region) {
    const [, , , x, y, r] = this.fold.graph.regions[region];
    const room = Math.min(this.width, this.height) || 600;
    this.look(x, y, this.fold.inside[region].length ? room * 0.4 / r : Math.max(this.scale, Math.min(2.4, 30 / r)));
  }

  /** @param {number} region */
  select(region) {
    this.selected = region;
    this.draw();
    this.listener.onSelect(region);
  }

  /** @param {number} px @param {number} py @returns {[number, number]} */
  toMap(px, py) {
    return [this.x + (px - this.width / 2) / this.scale, this.y + (py - this.height / 2) / this.scale];
  }

  /** The mark under a point, else the innermost open disc, else -1. @param {number} px @param {number} py */
  hit(px, py) {
    const [x, y] = this.toMap(px, py), { regions } = this.fold.graph, slack = 3 / this.scale;
    const over = (/** @type {number} */ index, /** @type {number} */ more) =>
      Math.hypot(regions[index][3] - x, regions[index][4] - y) <= regions[index][5] + more;
    const mark = this.fold.marks.find((index) => over(index, 0)) ?? this.fold.marks.find((index) => over(index, slack));
    if (mark !== undefined) return mark;
    return this.fold.discs.filter((index) => index && over(index, 0)).pop() ?? -1;
  }

  listen() {
    const { canvas } = this;
    /** @type {{x: number, y: number, moved: boolean} | null} */
    let held = null;
    canvas.addEventListener("pointerdown", (event) => {
      held = { x: event.offsetX, y: event.offsetY, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!held) { this.point(event.offsetX, event.offsetY); return; }
      const dx = event.offsetX - held.x, dy = event.offsetY - held.y;
      if (!held.moved && Math.hypot(dx, dy) < 4) return;
      held = { x: event.offsetX, y: event.offsetY, moved: true };
      canvas.classList.add("drag");
      this.tip.hidden = true;
      this.look(this.x - dx / this.scale, this.y - dy / this.scale, this.scale);
    });
    canvas.addEventListener("pointerup", (event) => {
      canvas.classList.remove("drag");
      if (held && !held.moved) this.press(this.hit(event.offsetX, event.offsetY));
      held = null;
    });
    canvas.addEventListener("pointercancel", () => { held = null; });
    canvas.addEventListener("pointerleave", () => { if (!held) this.point(-1e6, -1e6); });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.offsetX, event.offsetY);
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /** A click: unfolds a folded disc, selects anything else. @param {number} region */
  press(region) {
    if (region >= 0 && this.fold.inside[region].length && !this.fold.open.has(region)) this.toggle(region);
    this.select(region);
  }

  /** @param {number} region */
  toggle(region) {
    this.fold.toggle(region);
    this.hover = -1;
    this.draw();
    this.listener.onChange();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = 60 / this.scale;
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowLeft: () => this.look(this.x - step, this.y, this.scale),
      ArrowRight: () => this.look(this.x + step, this.y, this.scale),
      ArrowUp: () => this.look(this.x, this.y - step, this.scale),
      ArrowDown: () => this.look(this.x, this.y + step, this.scale),
      "+": () => this.zoom(1.3),
      "=": () => this.zoom(1.3),
      "-": () => this.zoom(1 / 1.3),
      0: () => this.fit(),
      n: () => this.next(1),
      p: () => this.next(-1),
      Enter: () => { if (this.selected > 0) this.press(this.selected); },
      Escape: () => this.select(-1),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Goes to the next or the last mark. @param {number} step */
  next(step) {
    const { marks } = this.fold;
    const at = marks.indexOf(this.selected);
    const index = marks[(at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step + marks.length) % marks.length];
    this.select(index);
    this.centre(index);
  }

  /** The pointer stands over a place. @param {number} px @param {number} py */
  point(px, py) {
    const region = this.hit(px, py);
    this.canvas.classList.toggle("over", region >= 0);
    if (region !== this.hover) { this.hover = region; this.draw(); }
    this.tip.hidden = region < 0 || this.fold.mark[region] !== region;
    if (this.tip.hidden) return;
    const { regions, nodes } = this.fold.graph, row = regions[region], node = nodes[row[7]];
    const name = document.createElement("b"), more = document.createElement("span");
    name.textContent = node ? node[1] : row[2];
    more.textContent = node ? [node[3], node[7]].filter(Boolean).join(" · ").slice(0, 240)
      : `${row[6].toLocaleString("en")} nodes, click to unfold`;
    this.tip.replaceChildren(name, more);
    const { offsetWidth, offsetHeight } = this.tip;
    this.tip.style.left = `${Math.max(4, Math.min(px + 14, this.width - offsetWidth - 8))}px`;
    this.tip.style.top = `${py + 18 + offsetHeight > this.height ? py - offsetHeight - 12 : py + 18}px`;
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; if (this.width) new Painter(this).paint(); });
  }

  /** The mark whose ties are shown: the one pointed at, else the selected one, else -1. */
  focus() {
    const { fold } = this;
    return [this.hover, this.selected].find((index) => index >= 0 && fold.mark[index] === index) ?? -1;
  }

  /** The marks that stay bright, or null when all do. @returns {Set<number> | null} */
  bright() {
    const { fold } = this, focus = this.focus();
    if (focus >= 0) return new Set([focus, ...(fold.near.get(focus) ?? [])]);
    return this.found && new Set([...this.found].map((region) => fold.mark[region]));
  }
}
