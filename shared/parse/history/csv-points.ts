import { err, ok } from '#domain/basics/result.ts';
import {
  firstOfEach,
  type HistoryProblem,
  type NamedText,
  type Point,
  type Points,
} from './points.ts';
import { readTimestamp } from './timestamp.ts';

/** True for a text that begins with the header `timestamp,value`. */
export const isCsv = (text: string): boolean => HEADER.test(text);

/** The first line of a text that has cells as a CSV has them, whatever they are. */
export const firstCells = (text: string): string | undefined => {
  const [line] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1) as [string];
  return /^[^{}[\]<>]*[,;\t][^{}[\]<>]*$/.test(line) ? line.trim() : undefined;
};

const HEADER = /^\uFEFF?\s*"?timestamp"?\s*[,;]\s*"?value"?\s*(?:\r?\n|$)/i;
const NOTHING = /^(?:|nan|null|none|-)$/i;

/** Reads lines of `timestamp,value` below that header. An empty value, or `NaN`, is a hole. */
export const csvPoints = ({ file, text }: NamedText): Points => {
  const problems: HistoryProblem[] = [];
  const points: Point[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (index === 0 || line.trim() === '') continue;
    const read = pointIn(line, { file, place: `line ${index + 1}` });
    if ('problem' in read) problems.push(read.problem);
    else points.push(read.point);
  }
  return problems.length === 0 ? ok(points) : err(firstOfEach(problems));
};

type LinePlace = Readonly<{ file: string; place: string }>;
type LineRead = Readonly<{ point: Point }> | Readonly<{ problem: HistoryProblem }>;

const pointIn = (line: string, where: LinePlace): LineRead => {
  const cells = line.split(/[,;]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const [time, said = '', ...others] = cells as [string, ...string[]];
  const found = readTimestamp(time);
  if ('why' in found) {
    return { problem: { ...where, code: 'no-time', message: found.why, help: found.help } };
  }
  if (others.length === 0 && NOTHING.test(said)) {
    return { point: { at: found.at, value: Number.NaN, place: where.place } };
  }
  return valueIn([said, ...others].join(','), found.at, where);
};

const valueIn = (said: string, at: number, where: LinePlace): LineRead => {
  const value = Number(said);
  return Number.isFinite(value)
    ? { point: { at, value, place: where.place } }
    : {
        problem: {
          ...where,
          code: 'no-number',
          message: `found ${JSON.stringify(said.slice(0, 40))} for a value, which is no number`,
          help: 'write numbers with a point and without separators, such as 1234.5; leave the value empty where nothing is known',
        },
      };
};
