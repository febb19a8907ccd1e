import { describe, expect, test } from '@jest/globals';
import {
  describeLack,
  hasFormerValue,
  isHandedOver,
  optInOf,
  wantedTag,
} from '#domain/observed/opt-in.ts';

const wanted = 'tidegate-prod';

describe('the opt-in tag', () => {
  test('is read from the tags of a thing, of which others do not matter', () => {
    const other = { Key: 'team', Value: 'web' };
    expect(optInOf([other, { Key: 'tidegate:managed', Value: 'tidegate-dev' }], wanted)).toEqual({
      wanted,
      found: 'tidegate-dev',
    });
    expect(optInOf([other], wanted)).toEqual({ wanted });
    expect(optInOf([{ Key: 'tidegate:managed' }], wanted)).toEqual({ wanted });
  });

  test.each([
    { found: 'tidegate-prod', is: true },
    { found: 'true', is: true },
    { found: 'tidegate-dev', is: false },
    { found: 'tidegate-prod-eu', is: false },
    { found: 'tidegate', is: false },
    { found: 'Tidegate-Prod', is: false },
    { found: 'True', is: false },
    { found: 'false', is: false },
    { found: '', is: false },
  ])('with the value "$found" hands over to tidegate-prod: $is', ({ found, is }) => {
    expect(isHandedOver({ wanted, found })).toBe(is);
    expect(hasFormerValue({ wanted, found })).toBe(found === 'true');
  });

  test('that is not there hands nothing over', () => {
    expect(isHandedOver({ wanted })).toBe(false);
    expect(hasFormerValue({ wanted })).toBe(false);
    expect(hasFormerValue(undefined)).toBe(false);
  });

  test('is named with the value that is wanted, and with the one that is there', () => {
    expect(wantedTag({ wanted })).toBe('tidegate:managed=tidegate-prod');
    expect(describeLack({ wanted })).toBe('lacks the tag tidegate:managed=tidegate-prod');
    expect(describeLack({ wanted, found: 'tidegate-dev' })).toBe(
      'lacks the tag tidegate:managed=tidegate-prod, its value is "tidegate-dev"',
    );
  });

  test('of a record from before deployments were named is told as it was told then', () => {
    expect(describeLack(undefined)).toBe('lacks the tag tidegate:managed=true');
  });
});
