import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openKept } from '#simulator/quality/kept.ts';
import type { Measured } from '#simulator/quality/measure.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tidegate-kept-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const order = { file: 'traces/a.csv', size: 40, seed: 1, family: 'HPA, requests' };
const measured: Measured = { ...order, trace: 'a', optimum: [1], points: [] };

describe('measurements that are kept', () => {
  test('are there for the next run, and for no other order', () => {
    const file = join(directory, 'kept.jsonl');
    const kept = openKept(file);
    expect(kept.of(order)).toBeUndefined();
    kept.add(measured);

    expect(openKept(file).of(order)).toEqual(measured);
    expect(openKept(file).of({ ...order, seed: 2 })).toBeUndefined();
    expect(openKept(undefined).of(order)).toBeUndefined();
  });

  test('go on after a run that was stopped within a line', () => {
    const file = join(directory, 'stopped.jsonl');
    openKept(file).add(measured);
    appendFileSync(file, '{"file":"traces/b');
    const kept = openKept(file);
    kept.add({ ...measured, seed: 2 });

    expect(openKept(file).of({ ...order, seed: 2 })).toEqual({ ...measured, seed: 2 });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  });

  test('are refused where they are none, with the line', () => {
    const file = join(directory, 'other.jsonl');
    writeFileSync(file, 'timestamp,value\n');
    expect(() => openKept(file)).toThrow(`--keep: ${file}, line 1: `);
    expect(() => openKept(directory)).toThrow(`--keep: cannot read ${directory}`);
  });
});
