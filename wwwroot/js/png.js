// Links marked data-png lead to an SVG; a click draws it on a canvas at twice its size and saves that as PNG.
const scale = 2;
// Canvases larger than this are not made by every browser.
const largest = 16000;

document.addEventListener("click", async event => {
  const link = event.target.closest?.("a[data-png]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "figure.svg";
    save(await draw(await response.text()), name.replace(/\.svg$/, ".png"));
  } catch {
    // The SVG is better than nothing.
    location.href = link.href;
  } finally {
    link.removeAttribute("aria-busy");
  }
});

async function draw(svg) {
  const source = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const factor = Math.min(scale, largest / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * factor);
    canvas.height = Math.round(image.naturalHeight * factor);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob(blob => blob ? done(blob) : failed(new Error("No picture was made.")), "image/png"));
  } finally {
    URL.revokeObjectURL(source);
  }
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
