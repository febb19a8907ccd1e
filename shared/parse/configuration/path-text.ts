import { printable } from './describe-value.ts';
import type { Path } from './fault.ts';

/** A path as people write it: `notify.routes[0].to`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : join(text, printable(part).slice(0, LONGEST_PART)),
    '',
  );

/** Longer than any valid name. */
const LONGEST_PART = 80;

const join = (text: string, key: string): string => (text === '' ? key : `${text}.${key}`);
