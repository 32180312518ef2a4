// Curves of many runs as the server sends them: a header as JSON, then float32 numbers. The arrays are views of what was received: nothing is copied.
const kept = new Map();
const mostKept = 3;

/** The packet of an address. A page that is drawn again, as when its connection comes to stand, gets the one that is under way. */
export function load(address) {
  let packet = kept.get(address);
  if (!packet) {
    packet = receive(address);
    packet.catch(() => kept.delete(address));
    kept.set(address, packet);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value);
  }
  return packet;
}

async function receive(address) {
  const response = await fetch(address);
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Error(problem?.detail ?? `The server answered with status ${response.status}.`);
  }
  return decode(await response.arrayBuffer());
}

export function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const packet = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  for (const series of packet.series) {
    series.all = series.seeds;
    series.seeds = null;
    for (const field of packet.fields) {
      series[field] = new Float32Array(buffer, at, series.count);
      at += 4 * series.count;
    }
    series.max ??= series.min;
    series.lastFinite = lastFinite(series, packet.iterations);
    if (series.smoothMin) series.smoothMax ??= series.smoothMin;
  }
  return packet;
}

/** Index of the last point before the series' first value that is not finite; −1 where there is none in the window. */
function lastFinite({ nonFinite, min, max }, iterations) {
  if (nonFinite === undefined) return -1;
  let i = min.length - 1;
  while (i >= 0 && (iterations[i] > nonFinite || !Number.isFinite(max[i]) || !Number.isFinite(min[i]))) i--;
  return i;
}
