import { describe, expect, test } from '@jest/globals';
import { overrideBands } from '#console/page/override-bands.ts';
import { anOverride, minutes, NOON } from '#test/support/builders.ts';
import { aHold, aMark } from './a-page.ts';

const at = (minute: number): number => NOON + minutes(minute);
const times = [0, 60, 120].map(at);
const told = (minute: number, reason: 'OverrideSet' | 'OverrideEnding' | 'OverrideEnded') => {
  const { change: _none, ...mark } = aMark({ at: at(minute), kind: 'override', reason });
  return mark;
};
const set = (minute: number) => told(minute, 'OverrideSet');
const ended = (minute: number) => told(minute, 'OverrideEnded');

describe('the bands of past overrides', () => {
  test('go from the telling of each to the telling of its end', () => {
    const marks = [
      set(5),
      aHold({ at: at(6) }),
      told(9, 'OverrideEnding'),
      ended(10),
      set(50),
      ended(55),
    ];

    expect(overrideBands({ marks, times })).toEqual([
      { from: at(5), to: at(10) },
      { from: at(50), to: at(55) },
    ]);
  });

  test('end where the next override begins, which took the place of it', () => {
    expect(overrideBands({ marks: [set(5), set(20), ended(30)], times })).toEqual([
      { from: at(5), to: at(20) },
      { from: at(20), to: at(30) },
    ]);
  });

  test('begin with the time line where the override is older', () => {
    expect(overrideBands({ marks: [ended(7), set(50), ended(60)], times })).toEqual([
      { from: at(0), to: at(7) },
      { from: at(50), to: at(60) },
    ]);
  });

  test('have the newest by its own times, and it may go on beyond the time line', () => {
    const override = anOverride({ since: at(99), until: at(300) });

    expect(overrideBands({ marks: [set(5), ended(10), set(100)], times, override })).toEqual([
      { from: at(5), to: at(10) },
      { from: at(99), to: at(300) },
    ]);
    const over = anOverride({
      since: at(99),
      until: at(300),
      ended: { by: 'ann', at: at(110) },
    });
    expect(
      overrideBands({ marks: [set(80), set(100), ended(111)], times, override: over }),
    ).toEqual([
      { from: at(80), to: at(99) },
      { from: at(99), to: at(110) },
    ]);
  });

  test('reach to the end of the time line where no end was told, and are none without overrides', () => {
    expect(overrideBands({ marks: [set(100)], times })).toEqual([{ from: at(100), to: at(120) }]);
    expect(overrideBands({ marks: [aMark()], times })).toEqual([]);
    expect(overrideBands({ marks: [], times: [] })).toEqual([]);
  });
});
