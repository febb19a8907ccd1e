import type { GroupData } from '#console/page/data.ts';

const WIDTH = 120;
const HEIGHT = 26;
/** Values of the newest hours; older ones are left out. */
const MOST = 180;

/** The wanted capacity of the newest hours, as a line without axes. */
export const Sparkline = ({ group }: Readonly<{ group: GroupData }>) => {
  const chart = group.charts.find(({ kind }) => kind === 'marks');
  const values = (chart?.lines[0]?.values ?? []).slice(-MOST).map((value) => value ?? 0);
  const most = Math.max(1, ...values);
  const path = values
    .map((value, place) => {
      const x = ((place / Math.max(1, values.length - 1)) * WIDTH).toFixed(1);
      const y = (HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1);
      return place === 0 ? `M${x} ${y}` : `H${x}V${y}`;
    })
    .join('');
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
};
