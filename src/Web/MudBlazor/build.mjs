// Writes what pages with MudBlazor's components fetch: one style sheet and one script. Of the library's style sheet only the rules of components that are used here
// are taken, and into a layer: the other nine tenths are utilities and rules for every element of the page, which would change what is ours.
//   node build.mjs STATICWEBASSETS TOKENS.css OUTPUT-FOLDER
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Classes of the components that are used begin with one of these, after "mud-". */
const families = [
  "dialog", "overlay", "snackbar", "focus-trap", "icon", "icon-button", "ripple", "button-root", "button-label", "button-close", "typography", "disabled",
];
/** Utilities that those components put on their elements. */
const utilities = ["fixed", "pointer-events-none", "outline-none", "absolute"];
/** Kinds and colours of the components that are not used. */
const unused = /(?<!mud-overlay)-(secondary|tertiary|info|success|warning|dark|surface|filled|fab|h[1-6]|subtitle[12]|overline|caption|rtl)(?![a-z])/;

const [library, tokensFile, output] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const read = file => readFileSync(file, "utf8").replace(/^\uFEFF/, "");

/** Blocks of a style sheet: what stands before the brace and what stands in it. */
function* blocks(css) {
  let depth = 0, start = 0, open = 0;
  for (let i = 0; i < css.length; i++) {
    const c = css[i];
    if (c === '"' || c === "'") {
      do i++; while (css[i] !== c || css[i - 1] === "\\");
    } else if (c === "{" && depth++ === 0) {
      open = i;
    } else if (c === "}" && --depth === 0) {
      yield [css.slice(start, open).trim(), css.slice(open + 1, i)];
      start = i + 1;
    } else if (c === ";" && depth === 0) {
      start = i + 1;
    }
  }
}

const isUsed = selector => {
  if (selector === "#mud-snackbar-container") return true;
  const classes = [...selector.matchAll(/\.((?:\\.|[\w-])+)/g)].map(m => m[1]);
  return classes.length > 0 && !unused.test(selector) && classes.every(name => name.startsWith("mud-")
    ? families.some(family => name === `mud-${family}` || name.startsWith(`mud-${family}-`))
    : utilities.includes(name)) && (classes.some(name => name.startsWith("mud-")) || classes.length === 1);
};

/** Selectors between commas that stand in no parentheses. */
const selectors = head => head.split(/,(?![^(]*\))/).map(s => s.trim());

function used(css) {
  let kept = "";
  for (const [head, body] of blocks(css)) {
    if (head.startsWith("@media") || head.startsWith("@supports")) {
      const inside = used(body);
      if (inside) kept += `${head}{${inside}}`;
    } else if (!head.startsWith("@")) {
      const taken = selectors(head).filter(isUsed);
      if (taken.length) kept += `${taken.join(",")}{${body}}`;
    }
  }
  return kept;
}

/** Keyframes that the rules name. */
const animations = (css, kept) => [...blocks(css)]
  .filter(([head]) => head.startsWith("@keyframes ") && kept.includes(head.slice("@keyframes ".length)))
  .map(([head, body]) => `${head}{${body}}`).join("");

/** A token's two colours as numbers, light first. */
function numbers(tokens, name) {
  const [, light, dark] = tokens.match(new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`));
  return [light, dark].map(hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)).join(","));
}

const coloured = ["primary", "secondary", "tertiary", "info", "success", "warning", "error", "dark"];

/** The theme, with what follows from it: darker, lighter and paler forms, and the numbers. */
function complete(theme, tokens) {
  const tokenOf = name => theme.match(new RegExp(`--mud-palette-${name}: var\\(--([\\w-]+)\\)`))[1];
  const forms = coloured.map(name => {
    const color = `var(--mud-palette-${name})`;
    return `--mud-palette-${name}-darken: color-mix(in srgb, ${color} 84%, var(--ink));`
      + `--mud-palette-${name}-lighten: color-mix(in srgb, ${color} 84%, var(--paper));`
      + `--mud-palette-${name}-hover: color-mix(in srgb, ${color} 8%, transparent);`;
  }).join("");
  const elevations = Array.from({ length: 26 }, (_, n) => `--mud-elevation-${n}: ${n === 0 ? "none" : "var(--shadow)"};`).join("");
  const scheme = dark => [...coloured, "text-primary", "text-secondary", "text-disabled", "surface", "divider"]
    .map(name => `--mud-palette-${name}-rgb: ${numbers(tokens, tokenOf(name))[dark]};`).join("");
  return `${theme}:root{${forms}${elevations}${letters()}${scheme(0)}}`
    + `@media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){${scheme(1)}}}@media screen{:root[data-theme="dark"]{${scheme(1)}}}`;
}

/** Typography: the page's own letters; only their size, weight and kind differ. */
function letters() {
  const kinds = {
    default: "", body1: "", body2: "0.92rem", button: "0.95rem 500", caption: "0.85rem", overline: "0.85rem", subtitle1: "", subtitle2: "0.95rem 500",
    h1: "2.1rem 600 serif", h2: "1.5rem 600 serif", h3: "1.3rem 600 serif", h4: "1.2rem 600 serif", h5: "1.2rem 600 serif", h6: "1.2rem 600 serif",
  };
  return Object.entries(kinds).map(([kind, text]) => {
    const [size = "1rem", weight = "400", family = "sans"] = text.split(" ").filter(Boolean);
    const values = { family: `var(--${family})`, size, weight, lineheight: family === "serif" ? "1.2" : "1.5", letterspacing: "normal", "text-transform": "none" };
    return Object.entries(values).map(([name, value]) => `--mud-typography-${kind}-${name}: ${value};`).join("");
  }).join("");
}

const css = read(join(library, "MudBlazor.min.css"));
const licence = css.slice(0, css.indexOf("*/") + 2);
// A field that says its own colour scheme would follow the system where the reader has chosen otherwise.
const kept = used(css.slice(licence.length)).replaceAll("color-scheme:var(--mud-native-html-color-scheme);", "");
const reset = ':where([class^="mud-"],[class*=" mud-"]){margin:0;padding:0;border:0 solid}:where(button[class*="mud-"]){background:none;color:inherit;font:inherit;cursor:pointer}';
mkdirSync(output, { recursive: true });
writeFileSync(join(output, "mudblazor.css"),
  `${licence}\n${complete(read(join(here, "theme.css")), read(tokensFile))}\n@layer mudblazor{${reset}${kept}${animations(css, kept)}}\n${read(join(here, "look.css"))}`);
writeFileSync(join(output, "mudblazor.js"), read(join(library, "MudBlazor.min.js")).replace(/^\/\/# .*$/gm, ""));
