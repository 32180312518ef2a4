// Colours of the theme and numbers in sentences, as all charts show them.
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
