// Colours of the theme and numbers of axes, as all charts show them.
/** The colour a custom property has here and now, whatever the theme. */
export function color(element, name, alpha) {
  const probe = document.createElement("i");
  probe.style.color = alpha ? `color-mix(in srgb, var(${name}) ${alpha}%, transparent)` : `var(${name})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

export const shown = value => value === null || value === undefined ? "not finite"
  : value === 0 ? "0"
  : Math.abs(value) >= 1e4 || Math.abs(value) < 1e-3 ? value.toExponential(2)
  : String(Number(value.toPrecision(4)));

export const tick = value => value === null || value === undefined ? ""
  : value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-4) ? value.toExponential(0).replace("e+", "e")
  : String(Number(value.toPrecision(6)));

/** Labels of a log axis: its decades, every second or third of many, and where there are few their halves and fifths too. */
export function logTicks(ticks, most = 13) {
  const decades = ticks.filter(t => t !== null && isDecade(t)).length;
  const labelled = decades > 2 ? [1] : [1, 2, 5];
  const every = Math.max(1, Math.ceil(decades / most));
  return ticks.map(t => {
    if (t === null) return "";
    const decade = Math.floor(Math.log10(t) + 1e-9);
    return labelled.includes(Math.round(t / 10 ** decade)) && decade % every === 0 ? tick(t) : "";
  });
}

export const isDecade = t => Math.abs(Math.log10(t) - Math.round(Math.log10(t))) < 1e-9;
