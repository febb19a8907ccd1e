import type { Instant } from '#domain/time/instant.ts';

type Item<T> = Readonly<{ at: Instant; sequence: number; value: T }>;

/** Values by time; of one instant, in the order in which they were put. A binary heap. */
export const createAgenda = <T>() => {
  const items: Item<T>[] = [];
  let sequence = 0;

  return {
    put: (at: Instant, value: T): void => {
      items.push({ at, sequence, value });
      sequence += 1;
      rise(items, items.length - 1);
    },

    /** The earliest value that is due by then. */
    take: (by: Instant): Readonly<{ at: Instant; value: T }> | undefined => {
      const [first] = items;
      if (first === undefined || first.at > by) return undefined;

      const last = items.pop();
      if (last !== undefined && items.length > 0) {
        items[0] = last;
        sink(items);
      }
      return first;
    },
  };
};

const isBefore = <T>(a: Item<T> | undefined, b: Item<T> | undefined): boolean =>
  a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.sequence < b.sequence));

const rise = <T>(items: Item<T>[], start: number): void => {
  let index = start;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(items[index], items[parent])) return;
    swap(items, index, parent);
    index = parent;
  }
};

const sink = <T>(items: Item<T>[]): void => {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const child = isBefore(items[left + 1], items[left]) ? left + 1 : left;
    if (!isBefore(items[child], items[index])) return;
    swap(items, index, child);
    index = child;
  }
};

const swap = <T>(items: Item<T>[], a: number, b: number): void => {
  const [first, second] = [items[a], items[b]];
  if (first === undefined || second === undefined) return;
  items[a] = second;
  items[b] = first;
};
