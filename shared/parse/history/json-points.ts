import { err, ok } from '#domain/basics/result.ts';
import { fieldOf, isObject, type JsonObject, listIn, objectIn } from '#parse/json.ts';
import { firstCells } from './csv-points.ts';
import {
  firstOfEach,
  type HistoryProblem,
  type NamedText,
  type Point,
  type Points,
} from './points.ts';
import { readTimestamp } from './timestamp.ts';

/**
 * Reads what `aws cloudwatch get-metric-data` prints, or the answer of Prometheus to `/api/v1/query_range`. Each has
 * one series, or one of the wanted name: the Id or the Label of the one, a label of the other.
 */
export const jsonPoints = ({ file, text }: NamedText, wanted: string): Points => {
  const parsed = parse(text);
  const cells = parsed === undefined ? firstCells(text) : undefined;
  if (cells !== undefined) return err([otherCsv(file, cells)]);
  if (isObject(parsed) && Array.isArray(parsed.MetricDataResults)) {
    return ofCloudWatch({ file, wanted }, parsed);
  }
  const data = isObject(parsed) ? objectIn(parsed, 'data') : {};
  if (fieldOf(data, 'resultType') === 'matrix') return ofPrometheus({ file, wanted }, data);
  return err([
    {
      code: 'not-a-history',
      file,
      message: describeOther(parsed, data),
      help: 'expected a CSV with the header timestamp,value, what aws cloudwatch get-metric-data prints, or the answer of Prometheus to /api/v1/query_range',
    },
  ]);
};

/** A CSV whose first line is not the header of a history. */
const otherCsv = (file: string, cells: string): HistoryProblem => {
  const found = `found ${JSON.stringify(cells.slice(0, 80))}`;
  const isHeader = /^\D/.test(cells);
  const common = { code: 'not-a-history', file, place: 'line 1' } as const;
  if (/^"?seconds/i.test(cells)) {
    return {
      ...common,
      message: `${found}, which is the header of a load for the simulator`,
      help: 'a history has the header timestamp,value, and times such as 2026-03-02T09:00:00Z; play this file with npm start -- --load FILE',
    };
  }
  return {
    ...common,
    message: isHeader ? `${found} for the header` : `${found}, and no header above it`,
    help: 'expected the header timestamp,value, and below it lines such as 2026-03-02T09:00:00Z,1234.5: one series in a file',
  };
};

type SeriesWanted = Readonly<{ file: string; wanted: string }>;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const describeOther = (parsed: unknown, data: JsonObject): string => {
  const type = fieldOf(data, 'resultType');
  if (type !== undefined) {
    return `it is an answer of Prometheus with a ${type}, and a history takes a matrix: ask /api/v1/query_range`;
  }
  const error = isObject(parsed) ? fieldOf(parsed, 'error') : undefined;
  if (typeof error === 'string') return `it is an error of Prometheus: ${error.slice(0, 100)}`;
  return parsed === undefined ? 'it is neither CSV nor JSON' : 'it is JSON of another kind';
};

/** Pages of one series come one after the other, under one Id. */
const ofCloudWatch = ({ file, wanted }: SeriesWanted, answer: JsonObject): Points => {
  const results = listIn(answer, 'MetricDataResults').filter(isObject);
  const names = [...new Set(results.map((each) => String(fieldOf(each, 'Id') ?? '')))];
  const chosen = results.filter(
    (each) => names.length === 1 || [each.Id, each.Label].includes(wanted),
  );
  if (chosen.length === 0) return unclear({ file, wanted }, names);
  return collected(
    file,
    chosen.flatMap((result) => {
      const values = listIn(result, 'Values');
      return listIn(result, 'Timestamps').map((time, index) => ({
        time,
        value: values[index],
        place: `${fieldOf(result, 'Id')}.Timestamps[${index}]`,
      }));
    }),
  );
};

const ofPrometheus = ({ file, wanted }: SeriesWanted, data: JsonObject): Points => {
  const results = listIn(data, 'result').filter(isObject);
  const [only, ...others] = results;
  const named = results.filter((each) => Object.values(objectIn(each, 'metric')).includes(wanted));
  const chosen = others.length === 0 ? only : named[0];
  if (chosen === undefined || named.length > 1) {
    return unclear(
      { file, wanted },
      results.map((each) => JSON.stringify(each.metric)),
    );
  }
  return collected(
    file,
    listIn(chosen, 'values').map((pair, index) => {
      const [time, value] = Array.isArray(pair) ? pair : [];
      return { time, value, place: `values[${index}]` };
    }),
  );
};

const unclear = ({ file, wanted }: SeriesWanted, names: readonly string[]): Points =>
  err([
    {
      code: 'not-a-history',
      file,
      message:
        names.length === 0
          ? 'it has no series'
          : `it has ${names.length} series, and not one named ${wanted}: ${names.slice(0, 5).join(', ')}`,
      help: `write one series in a file, or name one ${wanted}; sum several of Prometheus with sum(…)`,
    },
  ]);

type Raw = Readonly<{ time: unknown; value: unknown; place: string }>;

const collected = (file: string, raw: readonly Raw[]): Points => {
  const problems: HistoryProblem[] = [];
  const points: Point[] = [];
  for (const { time, value, place } of raw) {
    const found = readTimestamp(String(time));
    const number = numberIn(value);
    if ('why' in found) {
      problems.push({ code: 'no-time', file, place, message: found.why, help: found.help });
    } else if (number === undefined) {
      problems.push({
        code: 'no-number',
        file,
        place,
        message: `found ${JSON.stringify(value)?.slice(0, 40) ?? 'nothing'} for a value, which is no number`,
        help: 'is the file whole?',
      });
    } else {
      points.push({ at: found.at, value: number, place });
    }
  }
  return problems.length === 0 ? ok(points) : err(firstOfEach(problems));
};

/** Prometheus writes numbers as texts, and `NaN` for none. */
const numberIn = (value: unknown): number | undefined => {
  if (value === null || value === 'NaN') return Number.NaN;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};
