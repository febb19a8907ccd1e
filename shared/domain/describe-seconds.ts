/** A duration as people say it, in its two largest units: `45 s`, `2 min 5 s`, `3 h`, `1 d 4 h`. */
export const describeSeconds = (seconds: number): string => {
  const first = UNITS.findIndex(({ size }) => seconds >= size);
  const parts = UNITS.slice(first === -1 ? UNITS.length - 1 : first).slice(0, 2);

  return parts
    .map(({ size, name }, index) => {
      const larger = index === 0 ? Number.POSITIVE_INFINITY : (parts[0]?.size ?? 1);
      return { count: Math.floor((seconds % larger) / size), name };
    })
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ count, name }) => `${count} ${name}`)
    .join(' ');
};

const UNITS = [
  { size: 86_400, name: 'd' },
  { size: 3_600, name: 'h' },
  { size: 60, name: 'min' },
  { size: 1, name: 's' },
] as const;
