/** A value for people: four figures, groups of thousands, no needless zeros. */
export const formatValue = (value: number | null | undefined): string => {
  if (value === null || value === undefined) return 'no data';
  if (Math.abs(value) >= 1_000) return grouped(String(Math.round(value)));
  return String(Number(value.toPrecision(Math.abs(value) >= 100 ? 4 : 3)));
};

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** A value at an axis, short enough for a phone: `12k`, `3M`. */
export const formatTick = (value: number): string => {
  const unit = UNITS.find(({ from }) => Math.abs(value) >= from);
  if (unit === undefined) return String(Number(value.toPrecision(3)));
  return `${Number((value / unit.of).toPrecision(3))}${unit.name}`;
};

const UNITS = [
  { from: 1e9, of: 1e9, name: 'G' },
  { from: 1e6, of: 1e6, name: 'M' },
  { from: 1e4, of: 1e3, name: 'k' },
];
