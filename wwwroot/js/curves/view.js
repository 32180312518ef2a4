// The picture of many curves: axes and the selection of a window by uPlot, the lines by paint.js, what is pointed at on a canvas of its own above them.
import uPlot from "../../lib/uplot/uPlot.esm.js";
import { Axis } from "./axis.js";
import { color } from "./ticks.js";
import { Projection, cross, drawSeries } from "./paint.js";
import { outside, valueRange } from "./scales.js";
import { Notes } from "./notes.js";
import { go } from "./go.js";

const nearest = 24;

export class CurvesView {
  #host; #holder; #plot = null; #overlay = null; #packet = null; #options = null; #notes; #colors = null; #range; #x; #y; #projection; #xs; #visible = []; #hovered = null; #pressed = null;
  #overChip = event => this.#chip(event);

  constructor(host) {
    this.#host = host;
    this.#holder = document.createElement("div");
    this.#holder.className = "curves-plot";
    // The picture alone is an image: the element also has links and lists, which an image would hide from those who cannot see it.
    this.#holder.setAttribute("role", "img");
    this.#holder.setAttribute("aria-label", host.getAttribute("aria-label") ?? "");
    host.replaceChildren(this.#holder);
    this.#notes = new Notes(host);
    document.addEventListener("mouseover", this.#overChip);
    document.addEventListener("focusin", this.#overChip);
  }

  dispose() {
    document.removeEventListener("mouseover", this.#overChip);
    document.removeEventListener("focusin", this.#overChip);
    this.#plot?.destroy();
    this.#host.replaceChildren();
  }

  say(text) { this.#notes.say(text); }

  show(packet, options) {
    this.#packet = packet;
    this.#options = options;
    this.#draw();
  }

  resize() {
    const width = this.#holder.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#height });
  }

  /** The same again in the colours of now. */
  paint() { if (this.#packet) this.#draw(); }

  get #height() { return Math.round(Math.min(520, Math.max(300, this.#holder.clientWidth * 0.5))); }

  get #isMarked() { return this.#options.cell !== null; }

  #draw() {
    const { logX, logY, percent, cap, hidden, low, high, line } = this.#options;
    const packet = this.#packet;
    this.#plot?.destroy();
    this.#hovered = null;
    this.#colors = this.#resolveColors();
    this.#visible = packet.series.filter(s => !hidden.has(s.family));
    const range = this.#range = valueRange(this.#visible, { log: logY, cap, low, high });
    if (line && !range.empty && low === null && high === null) {
      range.min = Math.min(range.min, line * 0.8);
      range.max = Math.max(range.max, line * 1.25);
    }

    const ink = { stroke: color(this.#host, "--soft"), grid: { stroke: color(this.#host, "--line"), width: 1 }, ticks: { stroke: color(this.#host, "--line"), width: 1 }, font: "13px Notebook Sans, sans-serif" };
    const { first, last } = packet;
    const x = this.#x = new Axis(first, Math.max(last, first + 1), logX, true);
    const y = this.#y = new Axis(range.min, range.max, logY);
    const axis = (along, room, size) => ({
      ...ink, size,
      splits: () => along.ticks(room()).map(t => t.at),
      filter: (u, places) => places,
      values: () => along.ticks(room()).map(t => t.label),
    });
    this.#plot = new uPlot({
      width: this.#holder.clientWidth,
      height: this.#height,
      legend: { show: false },
      cursor: { drag: { x: true, y: true, uni: 40, setScale: false }, points: { show: false }, y: false, bind: { dblclick: () => null } },
      scales: {
        x: { time: false, range: [0, 1] },
        y: { range: [0, 1] },
      },
      axes: [
        axis(x, () => this.#holder.clientWidth / 70),
        axis(percent ? new Axis(y.min * 100, y.max * 100, logY) : y, () => this.#height / 34, 72),
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: {
        draw: [u => this.#drawLines(u)],
        setSelect: [u => this.#zoom(u)],
        setCursor: [u => this.#point(u)],
      },
    }, [[0, 1], [null, null]], this.#holder);
    const over = this.#plot.over;
    this.#overlay = document.createElement("canvas");
    this.#overlay.className = "curves-overlay";
    over.append(this.#overlay);
    over.addEventListener("mousedown", e => this.#pressed = { x: e.clientX, y: e.clientY });
    over.addEventListener("click", e => this.#follow(e));
    over.addEventListener("dblclick", () => this.#leadTo({ from: null, to: null, low: null, high: null }));
    over.addEventListener("mouseleave", () => this.#highlight(null));
    this.#notes.show(packet, this.#visible, { ...this.#options, range, outside: outside(this.#visible, range, logY), all: this.#with({ high: "all" }) });
  }

  /** The colour of every axis value of every optimizer, as it is in this theme. */
  #resolveColors() {
    const probes = this.#packet.families.map(f => f.colors.map(c => {
      const probe = document.createElement("i");
      probe.style.color = c;
      return probe;
    }));
    const holder = document.createElement("span");
    holder.hidden = true;
    holder.append(...probes.flat());
    this.#host.append(holder);
    const colors = probes.map(list => list.map(p => getComputedStyle(p).color));
    holder.remove();
    return colors;
  }

  #isMarkedSeries(s) { return `${s.family}:${s.value}` === this.#options.cell; }

  #style(series, scale) {
    const many = this.#visible.length;
    const marked = this.#isMarked && this.#isMarkedSeries(series);
    const alpha = this.#isMarked && !marked ? 0.16 : marked ? 1 : many > 200 ? 0.7 : many > 40 ? 0.8 : 1;
    return {
      stroke: this.#colors[series.family][series.value],
      width: marked ? 2.2 : many > 40 ? 1 : 1.5,
      alpha,
      bandAlpha: (many > 60 ? 0.05 : many > 12 ? 0.1 : 0.18) * (this.#isMarked && !marked ? 0.3 : 1),
      scale,
    };
  }

  #drawLines(u) {
    const { ctx, bbox } = u;
    const { line, lineLabel } = this.#options;
    const scale = devicePixelRatio;
    const { iterations } = this.#packet;
    const p = this.#projection = new Projection(bbox, this.#x, this.#y);
    const xs = this.#xs = p.xs(iterations);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    if (this.#range.empty) {
      ctx.restore();
      return;
    }
    const later = [];
    for (const series of this.#visible) {
      if (this.#isMarked && this.#isMarkedSeries(series)) later.push(series);
      else drawSeries(ctx, p, xs, series, this.#style(series, scale));
    }
    for (const series of later) drawSeries(ctx, p, xs, series, this.#style(series, scale));
    for (const series of this.#visible) {
      if (series.nonFinite === undefined || (this.#isMarked && !this.#isMarkedSeries(series))) continue;
      cross(ctx, p, xs, series, this.#colors[series.family][series.value], scale);
    }
    if (line) this.#drawLimit(ctx, p, line, lineLabel, scale);
    this.#options.marks.filter(([family]) => !this.#options.hidden.has(family)).forEach(([family, at], lane) => this.#drawMerged(ctx, p, family, at, lane, scale));
    ctx.restore();
  }

  #drawLimit(ctx, p, value, label, scale) {
    const y = p.y(value);
    if (y < p.top || y > p.top + p.height) return;
    ctx.strokeStyle = ctx.fillStyle = color(this.#host, "--ink");
    ctx.lineWidth = 1.6 * scale;
    ctx.setLineDash([7 * scale, 5 * scale]);
    ctx.beginPath();
    ctx.moveTo(p.left, y);
    ctx.lineTo(p.left + p.width, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.font = `600 ${13 * scale}px Notebook Sans, sans-serif`;
    ctx.textAlign = "right";
    ctx.lineWidth = 4 * scale;
    ctx.strokeStyle = color(this.#host, "--sheet");
    ctx.strokeText(label, p.left + p.width - 8 * scale, y - 6 * scale);
    ctx.fillText(label, p.left + p.width - 8 * scale, y - 6 * scale);
  }

  /** Where the lines of one optimizer have come together; marks of several stand below each other. */
  #drawMerged(ctx, p, family, iteration, lane, scale) {
    const x = p.x(iteration);
    if (x < p.left || x > p.left + p.width) return;
    const stroke = this.#colors[family][Math.floor(this.#colors[family].length / 2)];
    ctx.strokeStyle = ctx.fillStyle = stroke;
    ctx.lineWidth = 1.4 * scale;
    ctx.setLineDash([2 * scale, 4 * scale]);
    ctx.beginPath();
    ctx.moveTo(x, p.top);
    ctx.lineTo(x, p.top + p.height);
    ctx.stroke();
    ctx.setLineDash([]);
    const right = x > p.left + p.width * 0.75;
    const y = p.top + (15 + 17 * lane) * scale;
    ctx.font = `600 ${13 * scale}px Notebook Sans, sans-serif`;
    ctx.textAlign = right ? "right" : "left";
    const text = `merged from ${iteration}`;
    ctx.lineWidth = 4 * scale;
    ctx.strokeStyle = color(this.#host, "--sheet");
    ctx.strokeText(text, x + (right ? -6 : 6) * scale, y);
    ctx.fillText(text, x + (right ? -6 : 6) * scale, y);
  }

  /** The series whose line is nearest to the pointer, and where. */
  #find(u) {
    const { left, top } = u.cursor;
    const { iterations } = this.#packet;
    if (!(left >= 0) || iterations.length === 0) return null;
    const scale = devicePixelRatio;
    const x = this.#plot.bbox.left + left * scale;
    let index = 0, end = this.#xs.length - 1;
    while (index < end) { const mid = (index + end) >> 1; if (this.#xs[mid] < x) index = mid + 1; else end = mid; }
    if (index > 0 && x - this.#xs[index - 1] < this.#xs[index] - x) index--;
    const y = this.#plot.bbox.top + top * scale;
    let best = null, distance = nearest * scale;
    for (const series of this.#visible) {
      if (index >= series.min.length || !Number.isFinite(series.max[index])) continue;
      const [low, high] = [this.#projection.y(series.min[index]), this.#projection.y(series.max[index])];
      const away = (y > low ? y - low : y < high ? high - y : 0) + Math.abs(y - (low + high) / 2) * 1e-3 + (this.#isMarked && !this.#isMarkedSeries(series) ? 6 * scale : 0);
      if (away < distance) [best, distance] = [series, away];
    }
    return { series: best, index };
  }

  #point(u) {
    if (!this.#packet) return;
    const found = this.#find(u);
    this.#highlight(found?.series ?? null);
    this.#notes.point(found);
    u.over.style.cursor = found?.series ? "pointer" : "crosshair";
  }

  /** Draws one or several lines again above the others. */
  #highlight(series) {
    const list = series === null ? null : Array.isArray(series) ? series : [series];
    if (this.#hovered?.[0] === list?.[0] && this.#hovered?.length === list?.length) return;
    this.#hovered = list;
    for (const chip of document.querySelectorAll("[data-curve-cell].pointed")) chip.classList.remove("pointed");
    const { over, bbox } = this.#plot;
    const canvas = this.#overlay;
    canvas.width = bbox.width;
    canvas.height = bbox.height;
    canvas.style.width = `${over.clientWidth}px`;
    canvas.style.height = `${over.clientHeight}px`;
    if (!list) return;
    const ctx = canvas.getContext("2d");
    ctx.translate(-bbox.left, -bbox.top);
    const scale = devicePixelRatio;
    for (const s of list) {
      const style = { ...this.#style(s, scale), alpha: 1, bandAlpha: 0.22, width: 2.6 };
      drawSeries(ctx, this.#projection, this.#xs, s, { ...style, stroke: color(this.#host, "--sheet"), width: 5, bandAlpha: 0 });
      drawSeries(ctx, this.#projection, this.#xs, s, style);
      document.querySelector(`[data-curve-cell="${s.family}:${s.value}"]`)?.classList.add("pointed");
    }
  }

  #chip(event) {
    const chip = event.target.closest?.("[data-curve-cell]");
    if (!this.#plot || (!chip && !this.#hovered)) return;
    if (chip) {
      const list = this.#visible.filter(s => `${s.family}:${s.value}` === chip.dataset.curveCell);
      this.#highlight(list.length ? list : null);
      this.#notes.cell(list);
    } else if (!this.#plot.over.contains(event.target)) this.#highlight(null);
  }

  #follow(event) {
    const moved = this.#pressed && Math.hypot(event.clientX - this.#pressed.x, event.clientY - this.#pressed.y) > 4;
    const target = this.#hovered?.[0];
    if (!moved && target && this.#plot.cursor.left >= 0) go(target.address);
  }

  #zoom(u) {
    const { left, top, width, height } = u.select;
    if (width < 4 && height < 4) return;
    const whole = { height: u.over.clientHeight, width: u.over.clientWidth };
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    const change = {};
    if (width >= 4 && width < whole.width) {
      const from = Math.max(1, Math.round(this.#x.value(u.posToVal(left, "x"))));
      const to = Math.round(this.#x.value(u.posToVal(left + width, "x")));
      if (to <= from) return;
      Object.assign(change, { from, to });
    }
    if (height >= 4 && height < whole.height) {
      change.high = Number(this.#y.value(u.posToVal(top, "y")).toPrecision(3));
      change.low = Number(this.#y.value(u.posToVal(top + height, "y")).toPrecision(3));
    }
    this.#leadTo(change);
  }

  #with(changes) {
    const url = new URL(this.#options.page, document.baseURI);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    // Commas and colons are allowed in a query, and read better.
    return url.pathname + url.search.replaceAll("%2C", ",").replaceAll("%3A", ":");
  }

  #leadTo(changes) { go(this.#with(changes)); }
}
