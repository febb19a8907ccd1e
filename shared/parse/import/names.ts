/** The longest name that a group, a rule or a metric may have. */
const LONGEST = 40;

/** A name for a group, a rule or a metric, as near as can be to the one that a peer has for it. */
export const plainName = (text: string): string => {
  const name = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  return name.slice(0, LONGEST).replace(/-+$/, '') || 'imported';
};

/** The name itself, or with a number behind it where it is taken. */
export const freeName = (name: string, isTaken: (name: string) => boolean): string => {
  let [free, count] = [name, 1];
  while (isTaken(free)) {
    count += 1;
    const suffix = `-${count}`;
    free = `${name.slice(0, LONGEST - suffix.length)}${suffix}`;
  }
  return free;
};
