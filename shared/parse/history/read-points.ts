import { csvPoints, isCsv } from './csv-points.ts';
import { jsonPoints } from './json-points.ts';
import type { NamedText, Points } from './points.ts';

/**
 * Reads the points of one series, in the order of the file: CSV with the header `timestamp,value`, the JSON of
 * `aws cloudwatch get-metric-data`, or the range JSON of Prometheus. Where JSON has several series, `wanted`
 * is the name of the one.
 */
export const readPoints = (named: NamedText, wanted: string): Points =>
  isCsv(named.text) ? csvPoints(named) : jsonPoints(named, wanted);
