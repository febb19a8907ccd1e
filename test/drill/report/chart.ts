/** A moment that a chart marks, in seconds. */
export type Band = Readonly<{ at: number; text: string }>;

/** A line of a chart: pairs of second and value. */
export type Line = Readonly<{ name: string; points: readonly (readonly [number, number])[] }>;

const WIDTH = 860;
const HEIGHT = 150;
const LEFT = 45;
const TOP = 22;
const COLOURS = ['#0969da', '#cf222e', '#1a7f37'];

/** Text as HTML shows it. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A chart of lines over the seconds of a drill, as SVG. */
export const chart = (
  title: string,
  { seconds, bands }: Readonly<{ seconds: number; bands: readonly Band[] }>,
  lines: readonly Line[],
): string => {
  const top = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const x = (second: number): number => LEFT + (second / seconds) * (WIDTH - LEFT);
  const y = (value: number): number => TOP + HEIGHT - (value / top) * HEIGHT;
  const paths = lines.map(
    ({ points }, index) =>
      `<polyline fill="none" stroke="${COLOURS[index % COLOURS.length]}" stroke-width="1.5" points="${points.map(([second, value]) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}"/>`,
  );
  const names = lines.map(
    ({ name }, index) =>
      `<tspan fill="${COLOURS[index % COLOURS.length]}" dx="12">${escaped(name)}</tspan>`,
  );
  const marks = bands.map(
    ({ at, text }) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="${TOP}" y2="${TOP + HEIGHT}" stroke="currentColor" stroke-dasharray="3"/><text x="${x(at) + 4}" y="${TOP + 10}">${escaped(text)}</text>`,
  );
  const ticks = [0, 0.5, 1].map(
    (share) => `<text x="0" y="${y(top * share) + 4}">${Number((top * share).toFixed(1))}</text>`,
  );
  const ends = [0, seconds].map(
    (second) =>
      `<text x="${x(second)}" y="${TOP + HEIGHT + 16}" text-anchor="${second === 0 ? 'start' : 'end'}">${second} s</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + 22}" width="${WIDTH}" role="img" aria-label="${escaped(title)}"><text x="${LEFT}" y="12">${escaped(title)}${names.join('')}</text>${[...ticks, ...ends, ...marks, ...paths].join('')}</svg>`;
};
