// An axis of a chart: the places of values between its ends, from 0 to 1, and its ticks. uPlot is given the places and never the values: what it does with
// values of a logarithmic axis does not end below about 1e-22, and beyond 17 digits it finds no ticks at all.
const [least, most] = [5e-324, Number.MAX_VALUE];
const power = exponent => Number(`1e${exponent}`);
const exponentOf = value => Math.floor(Math.log10(Math.abs(value)) + 1e-9);

export class Axis {
  #from; #length; #whole;

  /** @param min, max finite, min < max; positive where the axis is logarithmic: whatever else is given is moved to where it can be drawn. @param whole whether it counts */
  constructor(min, max, log, whole = false) {
    this.log = log;
    this.#whole = whole;
    if (log) {
      this.min = min = Math.min(Math.max(min, least), most / 10);
      this.max = max = Math.min(Math.max(max, min * 1.000001, min + least), most);
      this.#from = Math.log10(min);
      this.#length = Math.log10(max) - this.#from;
    } else {
      this.min = min = Math.max(min, -most);
      // Closer ends than that are one number to whoever counts ticks between them.
      this.max = max = Math.min(Math.max(max, min + Math.max(Math.abs(min) * 1e-12, 1e-300)), most);
      this.#from = min / 2;
      this.#length = max / 2 - this.#from;
    }
  }

  /** 0 at the axis' smallest value, 1 at its largest. */
  at(value) { return ((this.log ? Math.log10(value) : value / 2) - this.#from) / this.#length; }

  /** The value at a place. */
  value(at) {
    const value = this.#from + Math.min(1, Math.max(0, at)) * this.#length;
    return Math.min(this.max, Math.max(this.min, this.log ? 10 ** value : 2 * value));
  }

  /** As many as there is room for: { at, label }; a tick without a label divides the stretch between two that have one. */
  ticks(room) {
    const labelled = Math.max(2, Math.floor(room));
    const found = this.log ? this.#logarithmic(labelled) : this.#linear(labelled);
    return found.map(({ value, label }) => ({ at: this.at(value), label }));
  }

  #logarithmic(room) {
    const first = Math.max(-323, Math.ceil(Math.log10(this.min) - 1e-9));
    const last = Math.min(308, Math.floor(Math.log10(this.max) + 1e-9));
    const decades = last - first + 1;
    // Within a decade or two there is room for parts of them; less than that is as good as linear.
    const parts = decades > 4 ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const named = decades > 2 ? [1] : [1, 2, 5];
    const every = Math.max(1, roundStep(decades / room));
    const ticks = [];
    for (let exponent = first - 1; exponent <= last; exponent++) {
      for (const part of parts) {
        const value = Number(`${part}e${exponent}`);
        if (!(value >= this.min * (1 - 1e-9) && value <= this.max * (1 + 1e-9))) continue;
        const label = named.includes(part) && exponent % every === 0 ? round(value) : "";
        if (label || every <= 5) ticks.push({ value, label });
      }
    }
    return ticks.filter(t => t.label).length >= 3 ? ticks : this.#linear(room);
  }

  #linear(room) {
    const step = Math.max(roundStep(this.max / room - this.min / room), this.#whole ? 1 : 0);
    if (!(step > 0) || !Number.isFinite(step)) return [this.min, this.max].map(value => ({ value, label: round(value) }));
    const values = [];
    const first = Math.ceil(this.min / step - 1e-9);
    for (let i = 0; i <= room + 1; i++) {
      const value = (first + i) * step;
      if (value > this.max + step * 1e-9) break;
      values.push(Math.abs(value) < step * 1e-9 ? 0 : value);
    }
    const label = labels(values, step);
    return values.map(value => ({ value, label: label(value) }));
  }
}

/** The smallest of 1, 2 and 5 times a power of ten that is not less. */
function roundStep(step) {
  const unit = power(exponentOf(step));
  const part = step / unit;
  return unit * (part <= 1.000001 ? 1 : part <= 2.000001 ? 2 : part <= 5.000001 ? 5 : 10);
}

/** A round number, such as 1e-320 or 0.5. */
function round(value) {
  return value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-4)
    ? Number(value.toPrecision(12)).toExponential().replace("e+", "e")
    : String(Number(value.toPrecision(12)));
}

/** How values a step apart are written: with as many digits as tell them apart, and all of them with as many. */
function labels(values, step) {
  const largest = Math.max(...values.map(Math.abs));
  const last = exponentOf(step);
  if (largest >= 1e5 || (largest > 0 && largest < 1e-3)) {
    return value => value === 0 ? "0" : value.toExponential(Math.min(100, Math.max(0, exponentOf(value) - last))).replace("e+", "e");
  }
  return value => value.toFixed(Math.min(100, Math.max(0, -last)));
}
