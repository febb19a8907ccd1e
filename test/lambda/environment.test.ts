import { describe, expect, test } from '@jest/globals';
import { readEnvironment } from '#lambda/environment.ts';

describe('the environment of a function', () => {
  test('gives the variables that were asked for, and no others', () => {
    expect(readEnvironment({ TABLE_NAME: 't', HOME: '/' }, ['TABLE_NAME'])).toEqual({
      TABLE_NAME: 't',
    });
  });

  test('names all that is missing or empty in one error, and what to do', () => {
    expect(() => readEnvironment({ A: 'a', B: '' }, ['A', 'B', 'C'])).toThrow(
      "the function's environment lacks B, C: deploy the stack again, it sets them",
    );
  });
});
