import type { Path } from '../fault.ts';
import { unquoted } from './traps.ts';

/**
 * Tells under which keys a place of a text stands, by the indentation of the lines above it and by the brackets of its
 * own line: for texts that are no YAML and have no tree.
 */
export const pathAt = (text: string, offset: number): Path => {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lines = text.slice(0, lineStart).split('\n').slice(0, -1);
  const [own] = text.slice(lineStart).split('\n', 1) as [string];
  const { indent, isItem } = headOf(own);

  const path: (string | number)[] = [...keysIn(text.slice(lineStart, offset))];
  let isBelow = belowKey(indent);
  const enterItem = (count: number, at: number): void => {
    path.unshift(itemsAbove(lines.slice(0, count), at));
    isBelow = belowItem(at);
  };
  if (isItem) enterItem(lines.length, indent);
  for (let count = lines.length - 1; count >= 0; count -= 1) {
    const head = headOf(lines[count] as string);
    if (head.key !== undefined && head.keyIndent <= isBelow.key) {
      path.unshift(head.key);
      isBelow = belowKey(head.keyIndent);
    }
    if (head.isItem && head.indent <= isBelow.item) enterItem(count, head.indent);
  }
  return path;
};

/** The deepest indentation of the key or the item that holds a line. A list may begin right below its key. */
type Below = Readonly<{ key: number; item: number }>;

const belowKey = (indent: number): Below => ({ key: indent - 1, item: indent - 1 });
const belowItem = (indent: number): Below => ({ key: indent, item: indent - 1 });

type LineHead = Readonly<{ indent: number; isItem: boolean; key?: string; keyIndent: number }>;

/** The beginning of a line: its indentation, the hyphen of a list, and its first key. */
const headOf = (line: string): LineHead => {
  const [, spaces, hyphen, key] = /^( *)(- +)?(?:([\w-]+):(?=\s|$))?/.exec(
    line,
  ) as RegExpExecArray & [string, string, string?, string?];
  const indent = spaces.length;
  return {
    indent,
    isItem: hyphen !== undefined,
    ...(key === undefined ? {} : { key }),
    keyIndent: indent + (hyphen?.length ?? 0),
  };
};

/** The count of items of a list above an item of it. */
const itemsAbove = (lines: readonly string[], indent: number): number => {
  let count = 0;
  for (const line of lines.toReversed()) {
    const head = headOf(line);
    if (line.trim() === '' || head.indent > indent) continue;
    if (head.indent < indent || !head.isItem) break;
    count += 1;
  }
  return count;
};

/** The keys that are open at the end of the beginning of a line. */
const keysIn = (before: string): readonly string[] => {
  const open: (string | undefined)[] = [undefined];
  for (const [token, key] of unquoted(before).matchAll(
    /[{[]|[}\]]|(?<=^|[\s{[,])([\w-]+):(?=\s|$)/g,
  )) {
    if (key !== undefined) open[open.length - 1] = key;
    else if (token === '{' || token === '[') open.push(undefined);
    else open.pop();
  }
  return open.filter((key) => key !== undefined);
};
