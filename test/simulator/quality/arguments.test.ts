import { describe, expect, test } from '@jest/globals';
import { readArguments } from '#simulator/quality/arguments.ts';

describe('the command line of the quality bench', () => {
  test('has defaults for all but the traces', () => {
    expect(readArguments(['--traces', 'traces'], 2)).toEqual({
      traces: 'traces',
      apart: [],
      sizes: [10, 40, 200],
      seeds: 3,
      jobs: 2,
      isJson: false,
    });
  });

  test('takes what it is told', () => {
    const words =
      '--traces a --tune b --apart c,d --sizes 10 --seeds 1 --only HPA|Nomad --keep k --jobs 1 --json';
    expect(readArguments(words.split(' '), 2)).toEqual({
      traces: 'a',
      tune: 'b',
      apart: ['c', 'd'],
      sizes: [10],
      seeds: 1,
      only: ['HPA', 'Nomad'],
      keep: 'k',
      jobs: 1,
      isJson: true,
    });
  });

  test('compares roads instead', () => {
    expect(readArguments(['--roads', '50'], 2)).toEqual({ roads: 50 });
  });

  test.each([
    [[], '--traces: found nothing'],
    [['--traces', 'a', '--seeds', '0'], '--seeds: found "0", expected a whole number from 1'],
    [['--traces', 'a', '--jobs', 'x'], '--jobs: found "x"'],
    [['--traces', 'a', '--sizes', '10,1'], '--sizes: found "10,1", expected whole numbers from 2'],
    [['--what'], '--what'],
    [['--roads', '0'], '--roads: found "0"'],
  ])('says what is wrong with %j', (words, message) => {
    expect(readArguments(words, 2)).toContain(message);
  });
});
