// Arrow keys and tooltips of heatmaps. What a cell says to those who cannot see it, the tooltip shows. A cell and the points of curves that show
// the same runs carry the same data-at: pointing at one lights up the others.
const tip = document.createElement("div");
tip.className = "cell-tip";
tip.setAttribute("aria-hidden", "true");
tip.hidden = true;
document.body.append(tip);

const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const cellOf = target => target instanceof Element ? target.closest("[data-heatmap] a[data-cell]") : null;

const pointOf = target => target instanceof Element ? target.closest("svg [data-at]") : null;

function light(place) {
  document.querySelectorAll(".lit").forEach(e => e.classList.remove("lit"));
  if (place) document.querySelectorAll(`[data-at="${CSS.escape(place)}"]`).forEach(e => e.classList.add("lit"));
}

function hide() {
  tip.hidden = true;
  light(null);
}

/** Shows what a cell says, beside the cell or beside another mark of the same runs. */
function show(cell, mark = cell) {
  light(cell.dataset.at);
  const [place, result, ...seeds] = cell.querySelector(".visually-hidden").textContent.split("\n");
  tip.replaceChildren();
  for (const [tag, text] of [["b", place], ["span", result], ...seeds.map(s => ["small", s])]) {
    const line = document.createElement(tag);
    line.textContent = text;
    tip.append(line);
  }
  tip.hidden = false;
  const at = mark.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.max(6, Math.min(innerWidth - size.width - 6, at.left + at.width / 2 - size.width / 2));
  const above = at.top - size.height - 8;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above > 0 ? above : at.bottom + 8) + scrollY}px`;
}

function move(cell, [down, right]) {
  const table = cell.closest("table");
  const rows = [...table.tBodies[0].rows];
  let row = rows.indexOf(cell.closest("tr"));
  let column = cell.closest("td").cellIndex;
  // Cells that are not part of the sweep are stepped over.
  for (;;) {
    row += down;
    column += right;
    const next = rows[row]?.cells[column];
    if (!next || column < 1) return;
    const link = next.querySelector("a[data-cell]");
    if (link) return focus(link);
  }
}

function focus(link) {
  link.closest("table").querySelectorAll("a[data-cell][tabindex='0']").forEach(a => a.tabIndex = -1);
  link.tabIndex = 0;
  link.focus();
}

document.addEventListener("keydown", event => {
  const cell = cellOf(event.target);
  if (!cell) return;
  if (event.key === "Escape") hide();
  const row = cell.closest("tr");
  if (steps[event.key]) move(cell, steps[event.key]);
  else if (event.key === "Home") focus(row.querySelector("a[data-cell]"));
  else if (event.key === "End") focus([...row.querySelectorAll("a[data-cell]")].at(-1));
  else return;
  event.preventDefault();
});
document.addEventListener("focusin", event => { const cell = cellOf(event.target); if (cell) show(cell); else hide(); });
document.addEventListener("mouseover", event => {
  const cell = cellOf(event.target);
  const point = pointOf(event.target);
  const shown = point && document.querySelector(`[data-heatmap] a[data-at="${CSS.escape(point.dataset.at)}"]`);
  if (cell) show(cell);
  else if (shown) show(shown, point);
  else if (!cellOf(document.activeElement)) hide();
});
document.addEventListener("click", hide);
