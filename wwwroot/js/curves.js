// Draws one curve of a run with uPlot. Data comes from the server as an envelope of what is in the window; zooming asks for a new one.
import uPlot from "../lib/uplot/uPlot.esm.js";
import { Axis } from "./curves/axis.js";
import { valueRange } from "./curves/scales.js";
import { color, shown } from "./curves/ticks.js";

const height = 260;
const finite = value => typeof value === "number" && Number.isFinite(value) ? value : null;

export class CurveChart {
  #element; #page; #options; #plot; #curve; #x; #request; #observer; #readout;
  #redraw = () => this.#draw();

  /** @param element holder; @param page object with OnZoomed(first, last); @param options { source, first, last, logX, logY, percent, color } */
  constructor(element, page, options) {
    this.#element = element;
    this.#page = page;
    this.#readout = element.parentElement.querySelector("[data-readout]");
    this.#observer = new ResizeObserver(() => this.#plot?.setSize({ width: element.clientWidth, height }));
    this.#observer.observe(element);
    addEventListener("stepsize-theme", this.#redraw);
    this.update(options);
  }

  async update(options) {
    this.#options = options;
    this.#request?.abort();
    const request = this.#request = new AbortController();
    const points = Math.min(2000, Math.max(200, 2 * this.#element.clientWidth));
    const query = new URLSearchParams({ points });
    if (options.first) query.set("first", options.first);
    if (options.last) query.set("last", options.last);
    try {
      const response = await fetch(`${options.source}?${query}`, { signal: request.signal });
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.#curve = await response.json();
      this.#draw();
    } catch (error) {
      if (error.name !== "AbortError") this.#say(`This curve could not be read (${error.message}). Reload the page to try again.`);
    }
  }

  dispose() {
    this.#request?.abort();
    this.#observer.disconnect();
    removeEventListener("stepsize-theme", this.#redraw);
    this.#plot?.destroy();
  }

  #say(text) { this.#readout.textContent = text; }

  #draw() {
    const curve = this.#curve;
    if (!curve) return;
    this.#plot?.destroy();
    this.#plot = null;
    this.#element.replaceChildren();
    if (curve.iterations.length === 0) return this.#say("Nothing is recorded yet.");

    const { logX, logY, percent, color: name } = this.#options;
    const factor = percent ? 100 : 1;
    const read = list => list.map(v => { const n = finite(v); return n === null || (logY && n <= 0) ? NaN : n * factor; });
    const [low, high] = [read(curve.minimum), read(curve.maximum)];
    const range = valueRange([{ min: low, max: high }], { log: logY, cap: false, low: null, high: null });
    this.#say(range.empty ? `There is no ${logY ? "positive, finite" : "finite"} value in this window.` : this.#summary());

    const stroke = color(this.#element, name);
    const axis = { stroke: color(this.#element, "--soft"), grid: { stroke: color(this.#element, "--line"), width: 1 }, ticks: { stroke: color(this.#element, "--line"), width: 1 }, font: "13px Notebook Sans, sans-serif" };
    const [first, last] = [curve.iterations[0], curve.iterations.at(-1)];
    const x = this.#x = new Axis(first, Math.max(last, first + 1), logX, true);
    const y = new Axis(range.min, range.max, logY);
    const along = (ticked, room, size) => ({
      ...axis, size,
      splits: () => ticked.ticks(room()).map(t => t.at),
      filter: (u, places) => places,
      values: () => ticked.ticks(room()).map(t => t.label),
    });
    const places = list => list.map(v => Number.isFinite(v) ? y.at(v) : null);
    const line = { stroke, width: 1.4, points: { show: curve.iterations.length < 60, size: 4, fill: stroke }, spanGaps: false };
    this.#plot = new uPlot({
      width: this.#element.clientWidth,
      height,
      legend: { show: false },
      cursor: { sync: { key: "run" }, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: [0, 1] },
        y: { range: [0, 1] },
      },
      axes: [along(x, () => this.#element.clientWidth / 70), along(y, () => height / 34, 72)],
      series: [{}, { ...line }, { ...line }],
      bands: [{ series: [1, 2], fill: color(this.#element, name, 22) }],
      hooks: {
        setSelect: [u => this.#zoom(u)],
        setCursor: [u => this.#point(u, low, high)],
        draw: [u => this.#markNonFinite(u)],
      },
    }, [curve.iterations.map(i => x.at(i)), places(high), places(low)], this.#element);
  }

  #summary() {
    const { isRaw, iterations, total } = this.#curve;
    const window = `iterations ${iterations[0]} to ${iterations.at(-1)} of ${total}`;
    return isRaw ? `${window}, every one` : `${window}, smallest and largest of each stretch`;
  }

  #point(u, low, high) {
    const index = u.cursor.idx;
    if (index === null || index === undefined) return this.#say(this.#summary());
    const { iterations, isRaw } = this.#curve;
    const unit = this.#options.percent ? " %" : "";
    this.#say(isRaw || low[index] === high[index]
      ? `iteration ${iterations[index]}: ${shown(high[index])}${unit}`
      : `around iteration ${iterations[index]}: ${shown(low[index])} to ${shown(high[index])}${unit}`);
  }

  #zoom(u) {
    if (u.select.width < 4) return;
    const first = Math.round(this.#x.value(u.posToVal(u.select.left, "x")));
    const last = Math.round(this.#x.value(u.posToVal(u.select.left + u.select.width, "x")));
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (last > first) this.#page.invokeMethodAsync("OnZoomed", Math.max(1, first), last);
  }

  #markNonFinite(u) {
    const at = this.#curve.firstNonFinite;
    if (at === null || at < this.#x.min || at > this.#x.max) return;
    const x = u.valToPos(this.#x.at(at), "x", true);
    const { ctx, bbox } = u;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = color(this.#element, "--bad");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = `${13 * devicePixelRatio}px Notebook Sans, sans-serif`;
    const right = x > bbox.left + bbox.width * 0.7;
    ctx.textAlign = right ? "right" : "left";
    ctx.fillText(`not finite from iteration ${at}`, x + (right ? -6 : 6) * devicePixelRatio, bbox.top + 16 * devicePixelRatio);
    ctx.restore();
  }
}

export const mount = (element, page, options) => new CurveChart(element, page, options);
