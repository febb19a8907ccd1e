import { readYaml } from '#parse/configuration/yaml/read-yaml.ts';

/** A place in a file; both from 1. */
export type LinePlace = Readonly<{ line: number; column: number }>;

/** The place of a key of a YAML text, or of the nearest key above it that is there. */
export const placeOfKey = (text: string, path: readonly string[]): LinePlace => {
  const read = readYaml(text);
  const start = read.ok
    ? read.value.placeOf({ path, at: 'key', code: 'unknown-key', message: '' }).start
    : 0;
  const before = text.slice(0, start).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
};
