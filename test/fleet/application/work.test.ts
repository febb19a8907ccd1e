import { describe, expect, test } from '@jest/globals';
import { workIn } from '#fleet/application/work.ts';

describe('the work of a request', () => {
  test.each([
    { query: '', work: { cpuMs: 5, waitMs: 0 } },
    { query: 'cpu=20&wait=200', work: { cpuMs: 20, waitMs: 200 } },
    { query: 'cpu=0', work: { cpuMs: 0, waitMs: 0 } },
    { query: 'cpu=&wait=', work: { cpuMs: 5, waitMs: 0 } },
    { query: 'cpu=-1&wait=10001', work: { cpuMs: 0, waitMs: 10_000 } },
    { query: 'cpu=much', work: { cpuMs: 5, waitMs: 0 } },
  ])('of "$query" is $work', ({ query, work }) => {
    expect(workIn(new URLSearchParams(query), 5)).toEqual(work);
  });
});
