/** A duration as people say it, in its two largest units: `45 s`, `2 min 5 s`, `3 h`, `1 d 4 h`. */
export const describeSeconds = (seconds: number): string => {
  const first = UNITS.findIndex(({ size }) => seconds >= size);
  const parts = UNITS.slice(first === -1 ? UNITS.length - 1 : first).slice(0, 2);

  return parts
    .map(({ size, name, larger }, index) => {
      const rest = index === 0 ? seconds : seconds % larger;
      return { count: Math.floor(rest / size), name };
    })
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ count, name }) => `${count} ${name}`)
    .join(' ');
};

const UNITS = [
  { size: 86_400, name: 'd', larger: Number.POSITIVE_INFINITY },
  { size: 3_600, name: 'h', larger: 86_400 },
  { size: 60, name: 'min', larger: 3_600 },
  { size: 1, name: 's', larger: 60 },
] as const;
