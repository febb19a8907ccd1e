import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { Misuse, readNamed } from '#simulator/command-line.ts';
import { orMessage } from '#simulator/run/or-message.ts';
import type { Measured, Order } from './measure.ts';

/** The name of an order: what it asks for, in words. */
export const nameOf = ({ file, size, seed, family }: Order): string =>
  `${file} ${size} ${seed} ${family}`;

/** The measurements of earlier runs in a file, one a line; without a file nothing is kept. */
export const openKept = (file: string | undefined) => {
  const known = new Map(linesOf(file).map((measured) => [nameOf(measured), measured]));

  return {
    of: (order: Order): Measured | undefined => known.get(nameOf(order)),
    add: (measured: Measured): void => {
      if (file === undefined) return;
      appendFileSync(file, `${JSON.stringify(measured)}\n`);
    },
  };
};

const linesOf = (file: string | undefined): readonly Measured[] => {
  if (file === undefined || !existsSync(file)) return [];
  const text = readNamed('--keep', file);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // A run that was stopped may have left half a line at the end.
  if (whole.length < text.length) writeFileSync(file, whole);
  return whole
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      const measured = orMessage(() => JSON.parse(line) as Measured);
      if (typeof measured !== 'string') return measured;
      throw new Misuse(
        `--keep: ${file}, line ${index + 1}: ${measured}; expected what an earlier run of the bench wrote`,
      );
    });
};
