import { DRILL_MARK } from '#domain/ledger/drill.ts';
import type { Terminal } from '../terminal.ts';
import type { DrillPlace } from './drill-place.ts';
import { hearersOfAlarms, type Queued } from './drills.ts';
import { hopHelp } from './hops.ts';
import { type DrillStep, missed, passed } from './step.ts';

/**
 * Sends a message that no function understands, and waits until each that hears alarms has set it aside and the alarms
 * fire. What was set aside is taken out again by `clear`.
 */
export const sendDeadLetters = async (
  from: DrillPlace,
  { now, wait }: Pick<Terminal, 'now' | 'wait'>,
): Promise<Readonly<Record<'look' | 'clear', () => Promise<readonly DrillStep[]>>>> => {
  const { drills, id, configuration } = from;
  const hearers = hearersOfAlarms(configuration);
  await drills.publish('alarms', JSON.stringify({ [DRILL_MARK]: id, kind: 'dead-letter' }));
  // A message that was seen in a queue may be hidden at the next look.
  const seen = new Map<string, DrillStep>();
  const once = async (hop: string, look: () => Promise<DrillStep>): Promise<DrillStep> => {
    const step = seen.get(hop) ?? (await look());
    if (step.isPassed) seen.set(hop, step);
    return step;
  };
  return {
    look: async () => {
      const steps: DrillStep[] = [];
      for (const queued of hearers) {
        steps.push(await once(queued, () => queueStep(from, queued, now)));
        steps.push(await once(`alarm ${queued}`, () => alarmStep(from, queued, now)));
      }
      return steps;
    },
    clear: async () => {
      const steps: DrillStep[] = [];
      for (const queued of hearers) {
        if (seen.has(queued)) steps.push(await clearStep(from, queued, wait));
      }
      return steps;
    },
  };
};

/** A look hides the message from the next one for two seconds. */
const TRIES = 5;

const clearStep = async (
  { drills, id }: DrillPlace,
  queued: Queued,
  wait: Terminal['wait'],
): Promise<DrillStep> => {
  const hop = `clear ${queued}`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await drills.takeDeadLetter(queued, id)) {
      return { hop, isPassed: true, detail: 'the message was taken out again' };
    }
    await wait(1);
  }
  return missed(hop, 'the message is still there', `delete the message with ${id} by hand`);
};

const queueStep = async (
  from: DrillPlace,
  queued: Queued,
  now: () => number,
): Promise<DrillStep> => {
  const hop = `dead letters of ${queued}`;
  return (await from.drills.hasDeadLetter(queued, from.id))
    ? passed(hop, now() - from.startedAt, 'the message was set aside')
    : missed(hop, 'the message is not there', hopHelp(from, queued));
};

const alarmStep = async (
  from: DrillPlace,
  queued: Queued,
  now: () => number,
): Promise<DrillStep> => {
  const hop = `alarm on them (${queued})`;
  const state = await from.drills.readDeadLetterAlarm(queued);
  return state === 'ALARM'
    ? passed(hop, now() - from.startedAt, 'it is in ALARM, and the operations topic has it')
    : missed(
        hop,
        state === undefined ? 'there is no such alarm' : `its state is ${state}`,
        'CloudWatch needs one to five minutes: try a longer --within; if it stays so, deploy again',
      );
};
