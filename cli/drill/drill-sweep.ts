import { DRILL_MARK } from '#domain/ledger/drill.ts';
import { describeRehearsal } from '#domain/notify/describe-drill.ts';
import type { DrillPlace } from './drill-place.ts';
import { hopHelp } from './hops.ts';
import { type DrillStep, missed, passed } from './step.ts';

/** Sends the request of the sweep for each group, and waits for the sweep's own next look. */
export const sendLooks = async (from: DrillPlace): Promise<() => Promise<readonly DrillStep[]>> => {
  const { drills, id, configuration } = from;
  for (const { name } of configuration.groups) {
    const request = { [DRILL_MARK]: id, kind: 'evaluate', group: name, cause: 'drill' };
    await drills.publish('alarms', JSON.stringify(request));
  }
  return async () => [await sweepStep(from), ...(await groupSteps(from))];
};

const sweepStep = async (from: DrillPlace): Promise<DrillStep> => {
  const { drills, startedAt, place } = from;
  const last = await drills.readLastSweep();
  if (last !== undefined && last.at > startedAt) {
    return passed('sweep', last.at - startedAt, 'looked at all groups');
  }
  const { service = '', stage = '' } = place;
  return missed(
    'sweep',
    'has not looked since',
    `read its log: aws logs tail /aws/lambda/${service}-${stage}-sweep --since 10m; the alarm SweepMissing watches it`,
  );
};

const groupSteps = async (from: DrillPlace): Promise<readonly DrillStep[]> => {
  const { drills, id, startedAt, configuration } = from;
  const hops = await drills.readHops(id);
  return configuration.groups.map(({ name }) => {
    const hop = `scale ${name}`;
    const found = hops.find((each) => each.hop === 'scale' && each.group === name);
    return found?.would === undefined
      ? missed(hop, 'the request has not arrived', hopHelp(from, 'scale'))
      : passed(hop, found.at - startedAt, `${name} ${describeRehearsal(found.would)}`);
  });
};
