import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { waitForAll } from '#domain/basics/wait-for-all.ts';

describe('waiting for all', () => {
  test('answers in the order of the work', async () => {
    expect(await waitForAll([sleep(2, 'slow'), Promise.resolve(1), 'no promise'])).toEqual([
      'slow',
      1,
      'no promise',
    ]);
  });

  test('ends only when all have ended, although one has failed', async () => {
    const ended: string[] = [];
    const slow = sleep(5).then(() => ended.push('slow'));
    await expect(waitForAll([Promise.reject(new Error('no')), slow])).rejects.toThrow('no');
    expect(ended).toEqual(['slow']);
  });

  test('throws the first failure in the order of the work', async () => {
    const later = sleep(2).then(() => Promise.reject(new Error('first in the list')));
    const sooner = Promise.reject(new Error('first in time'));
    await expect(waitForAll([later, sooner])).rejects.toThrow('first in the list');
  });
});
