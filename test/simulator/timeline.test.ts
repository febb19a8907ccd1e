import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTimeline } from '#simulator/kernel/timeline.ts';

const START = 1_000;

describe('the timeline', () => {
  test('runs jobs by their time, and those of one instant in the order of their arrival', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 })), async (delays) => {
        const timeline = createTimeline(START);
        const ran: { at: number; index: number }[] = [];
        delays.forEach((delay, index) => {
          timeline.at(START + delay, () => ran.push({ at: timeline.now(), index }));
        });
        await timeline.runUntil(START + 20);

        const expected = delays
          .map((delay, index) => ({ at: START + delay, index }))
          .toSorted((a, b) => a.at - b.at || a.index - b.index);
        expect(ran).toEqual(expected);
      }),
    );
  });

  test('stops before what is due later', async () => {
    const timeline = createTimeline(START);
    const ran: string[] = [];
    timeline.at(START + 10, () => ran.push('in time'));
    timeline.at(START + 11, () => ran.push('too late'));
    await timeline.runUntil(START + 10);

    expect({ ran, now: timeline.now() }).toEqual({ ran: ['in time'], now: START + 10 });
  });

  test('goes on where it stopped', async () => {
    const timeline = createTimeline(START);
    const ran: string[] = [];
    timeline.at(START + 11, () => ran.push('later'));
    await timeline.runUntil(START + 10);
    await timeline.runUntil(START + 11);

    expect(ran).toEqual(['later']);
  });

  test('never turns back: what is due in the past happens now', async () => {
    const timeline = createTimeline(START);
    const instants: number[] = [];
    timeline.at(START + 5, () => timeline.at(START, () => instants.push(timeline.now())));
    await timeline.runUntil(START + 10);

    expect(instants).toEqual([START + 5]);
  });

  test('lets sleepers go on in between, each at its time', async () => {
    const timeline = createTimeline(START);
    const lines: string[] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await timeline.sleep(ms);
      lines.push(`${name} ${timeline.now() - START}`);
      await timeline.sleep(ms);
      lines.push(`${name} ${timeline.now() - START}`);
    };
    const sleepers = Promise.all([sleeper('slow', 3), sleeper('quick', 2)]);
    await timeline.runUntil(START + 10);
    await sleepers;

    expect(lines).toEqual(['quick 2', 'slow 3', 'quick 4', 'slow 6']);
  });
});
