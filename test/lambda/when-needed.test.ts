import { expect, test } from '@jest/globals';
import { whenNeeded } from '#lambda/when-needed.ts';

test('what is made when it is needed is made once, and not before', () => {
  let made = 0;
  const thing = whenNeeded(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  thing();
  thing();
  expect(made).toBe(1);
});
