// Draws lines onto a canvas: one path a series, no object a point.

/** Positions of iterations and values in a plot's pixels. */
export class Projection {
  #x; #y;

  constructor({ left, top, width, height }, xAxis, yAxis) {
    Object.assign(this, { left, top, width, height, logY: yAxis.log });
    [this.#x, this.#y] = [xAxis, yAxis];
    // Far outside is as good as at infinity, and canvases are exact only so far.
    this.lowest = top + height * 3;
    this.highest = top - height * 2;
  }

  x(iteration) { return this.left + this.#x.at(iteration) * this.width; }

  /** 0 and less on a logarithmic axis lie along its lower edge. */
  y(value) {
    if (this.logY && value <= 0) return this.top + this.height;
    const y = this.top + (1 - this.#y.at(value)) * this.height;
    return y > this.lowest ? this.lowest : y < this.highest ? this.highest : y;
  }

  xs(iterations) { return Float32Array.from(iterations, i => this.x(i)); }
}

const finite = value => value - value === 0;

/**
 * A line through the smallest and largest value of every stretch, entering each at the end that is nearer; broken where a value is not finite.
 * @param part null, or a function of a point's index that says whether it belongs to this path
 */
export function trace(path, p, xs, min, max, part = null) {
  let down = false, y = 0;
  for (let i = 0; i < min.length; i++) {
    if (!finite(max[i]) || !finite(min[i]) || (part && !part(i))) {
      down = false;
      continue;
    }
    const x = xs[i];
    const low = p.y(min[i]);
    const high = max === min ? low : p.y(max[i]);
    if (!down) {
      // A single value between others that are not finite is a point.
      path.moveTo(x, low);
      path.lineTo(x, low);
    }
    else if (Math.abs(low - y) <= Math.abs(high - y)) path.lineTo(x, low);
    else {
      path.lineTo(x, high);
      path.lineTo(x, y = low);
      continue;
    }
    if (low - high > 0.3) path.lineTo(x, high);
    y = high;
    down = true;
  }
}

/**
 * The area between two lines, in as many pieces as there are stretches of finite values. Where a logarithmic axis has no place for the lower one, the area begins
 * at the line it belongs to: down to the edge it would look as if there were values.
 */
export function band(path, p, xs, low, high, center) {
  const bottom = i => p.y(p.logY && low[i] <= 0 ? center[i] : low[i]);
  for (let i = 0; i < low.length; i++) {
    if (!finite(low[i]) || !finite(high[i])) continue;
    let end = i;
    while (end < low.length && finite(low[end]) && finite(high[end])) end++;
    path.moveTo(xs[i], p.y(high[i]));
    for (let k = i + 1; k < end; k++) path.lineTo(xs[k], p.y(high[k]));
    for (let k = end - 1; k >= i; k--) path.lineTo(xs[k], bottom(k));
    path.closePath();
    i = end;
  }
}

/** One series: its band, its raw line, the smoothed one over it. */
export function drawSeries(ctx, p, xs, series, style) {
  const { stroke, width, alpha, scale } = style;
  ctx.strokeStyle = ctx.fillStyle = stroke;
  ctx.lineJoin = ctx.lineCap = "round";
  if (series.bandLow) {
    ctx.globalAlpha = style.bandAlpha;
    ctx.beginPath();
    band(ctx, p, xs, series.bandLow, series.bandHigh, series.min);
    ctx.fill();
  }

  const smooth = series.smoothMin;
  ctx.globalAlpha = smooth ? alpha * 0.3 : alpha;
  ctx.lineWidth = (smooth ? Math.min(width, 1) : width) * scale;
  const line = (min, max) => {
    if (!series.seeds?.length) {
      ctx.beginPath();
      trace(ctx, p, xs, min, max);
      ctx.stroke();
      return;
    }
    // Where not every seed has a value the line is dashed.
    const all = series.all;
    ctx.beginPath();
    trace(ctx, p, xs, min, max, i => series.seeds[i] >= all);
    ctx.stroke();
    ctx.beginPath();
    trace(ctx, p, xs, min, max, i => series.seeds[i] < all || series.seeds[i + 1] < all);
    ctx.setLineDash([5 * scale, 4 * scale]);
    ctx.stroke();
    ctx.setLineDash([]);
  };
  line(series.min, series.max);
  if (smooth) {
    ctx.globalAlpha = alpha;
    ctx.lineWidth = width * 1.25 * scale;
    line(series.smoothMin, series.smoothMax);
  }
  ctx.globalAlpha = 1;
}

/** A cross where a series has its first value that is not finite, at the height of the last one before it. */
export function cross(ctx, p, xs, series, stroke, scale) {
  const at = series.lastFinite;
  const x = p.x(series.nonFinite);
  if (x < p.left || x > p.left + p.width) return;
  const y = at < 0 ? p.top + 8 * scale : Math.min(Math.max(p.y(series.max[at]), p.top + 8 * scale), p.top + p.height - 8 * scale);
  const r = 4 * scale;
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.8 * scale;
  ctx.beginPath();
  ctx.moveTo(x - r, y - r); ctx.lineTo(x + r, y + r);
  ctx.moveTo(x - r, y + r); ctx.lineTo(x + r, y - r);
  ctx.stroke();
}
