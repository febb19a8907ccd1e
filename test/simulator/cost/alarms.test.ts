import { describe, expect, test } from '@jest/globals';
import { EFFECTS, measureAlarm } from '#simulator/cost/alarms.ts';

const TENS = 10;

describe('counting what a message about an alarm costs', () => {
  test('finds one read of the alarms for a message that comes alone, and one for ten together', async () => {
    const asked = { effect: EFFECTS.acts, isTold: false };

    expect((await measureAlarm({ ...asked, together: 1 })).alarmCalls).toBe(1);
    expect((await measureAlarm({ ...asked, together: TENS })).alarmCalls).toBeCloseTo(1 / TENS, 9);
  });

  test('finds that a change is planned, settled and told, and that a channel writes down what it told', async () => {
    const asked = { effect: EFFECTS.acts, together: 1 };
    const silent = await measureAlarm({ ...asked, isTold: false });
    const told = await measureAlarm({ ...asked, isTold: true });

    // A head, a record and its id; then the head and the record again: each twice, for it is a transaction.
    expect(silent.writeUnits).toBe(2 * (1 + 2 + 1) + 2 * (1 + 2));
    expect(silent.published).toBe(1);
    // In line, opened, saved, ended (the state, the item, its end and its hour) and closed.
    expect(told.writeUnits - silent.writeUnits).toBe(3 + 2 * 4 + 1);
  });

  test('finds that a hold is written once, and an alarm that is over not at all', async () => {
    const asked = { together: 1, isTold: false };
    const held = await measureAlarm({ ...asked, effect: EFFECTS.isHeld });
    const over = await measureAlarm({ ...asked, effect: EFFECTS.isOver });

    expect(held.writeUnits).toBeGreaterThan(0);
    expect(over).toMatchObject({ writeUnits: 0, published: 0, alarmCalls: 1 });
  });
});
