import { relative, resolve } from 'node:path';
import type { Terminal } from '../terminal.ts';

/** A remark about a line of a file, as a review shows it. */
export type Annotation = Readonly<{
  level: 'error' | 'warning' | 'notice';
  /** As people would name it from the directory of the command; empty when it is about none. */
  file: string;
  /** Both from 1; the file as a whole when absent. */
  line?: number | undefined;
  column?: number | undefined;
  title: string;
  message: string;
}>;

/**
 * Writes an annotation as a workflow command of GitHub
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
 */
export const annotationLine = (
  { level, file, line, column, title, message }: Annotation,
  { cwd, env }: Pick<Terminal, 'cwd' | 'env'>,
): string => {
  // GitHub looks from the root of the checkout, wherever the command ran.
  const root = env.GITHUB_WORKSPACE || cwd;
  const properties = [
    ['file', file === '' ? undefined : relative(root, resolve(cwd, file))],
    ['line', line],
    ['col', column],
    ['title', title],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]));
  return `::${level} ${properties.join(',')}::${text(message)}`;
};

const text = (value: string): string =>
  value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (value: string): string =>
  text(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
