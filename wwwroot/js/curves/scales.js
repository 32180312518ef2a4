// What of the values is in the picture: the range of its axis, and what a chart has to say about values that are not in it.

/** A run that explodes must not flatten the others: at most this many times the largest first value is shown unless asked for. */
const growth = { log: 1e6, linear: 10 };

/** @returns { min, max, cut } of the finite (and on a logarithmic axis positive) values; cut: whether larger ones are left out */
export function valueRange(series, { log, cap, low, high }) {
  let [min, max, start] = [Infinity, -Infinity, -Infinity];
  for (const s of series) {
    const [lows, highs] = [s.bandLow ?? s.min, s.bandHigh ?? s.max];
    take(lows); take(highs);
    if (s.bandLow) { take(s.min); take(s.max); }
    if (Number.isFinite(s.min[0])) start = Math.max(start, s.min[0]);
  }
  function take(values) {
    for (let i = 0; i < values.length; i++) {
      const v = values[i];
      if (!(v - v === 0) || (log && v <= 0)) continue;
      if (v < min) min = v;
      if (v > max) max = v;
    }
  }

  if (min > max) return { min: log ? 0.1 : 0, max: log ? 10 : 1, cut: false, empty: true };
  const most = start * growth[log ? "log" : "linear"];
  const cut = cap && high === null && start > 0 && max > most;
  if (cut) max = most;
  if (low !== null) min = low;
  if (high !== null) max = high;
  if (log) {
    if (low === null) min = roundDown(min);
    if (high === null && !cut) max = roundUp(max);
    if (!(max > min)) max = Math.min(Number.MAX_VALUE, min * 10);
  } else {
    const room = Math.max((max * 0.03 - min * 0.03) || Math.abs(max) * 0.03 || 0.03, Math.abs(max) * 1e-11);
    if (low === null) min = Math.max(-Number.MAX_VALUE, min - room);
    if (high === null) max = Math.min(Number.MAX_VALUE, max + room);
    if (!(max > min)) max = min + 1;
  }
  return { min, max, cut, empty: false };
}

/** To 1, 2 or 5 times a power of ten; there is none below the smallest and above the largest number. */
const power = v => Math.max(5e-324, Number(`1e${Math.floor(Math.log10(v))}`));
const roundDown = v => { const p = power(v); return (v / p >= 5 ? 5 : v / p >= 2 ? 2 : 1) * p; };
const roundUp = v => { const p = power(v); return Math.min(Number.MAX_VALUE, (v / p > 5 ? 10 : v / p > 2 ? 5 : v / p > 1 ? 2 : 1) * p); };

/** Series with a value above the range, and those with values that a logarithmic axis has no place for. */
export function outside(series, range, log) {
  let above = 0, nonPositive = 0, values = 0, openBands = 0;
  for (const s of series) {
    for (let i = 0; i < s.max.length; i++) if (s.max[i] > range.max) { above++; break; }
    if (log && s.bandLow?.some(v => v <= 0)) openBands++;
    if (log && s.nonPositive > 0) { nonPositive++; values += s.nonPositive; }
  }
  return { above, nonPositive, values, openBands };
}
