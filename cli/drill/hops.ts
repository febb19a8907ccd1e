import { tidegateCommand } from '#domain/basics/whereabouts.ts';
import type { DrillHop } from '#domain/ledger/drill.ts';
import type { DrillPlace } from './drill-place.ts';
import { type DrillStep, missed, passed } from './step.ts';

type Hop = DrillHop['hop'];
type From = Pick<DrillPlace, 'place' | 'startedAt'>;

/** The step of a function that only had to take the message. */
export const arrived = (from: From, hops: readonly DrillHop[], hop: Hop): DrillStep => {
  const found = hops.find((each) => each.hop === hop);
  return found === undefined
    ? missed(hop, 'the message has not arrived', hopHelp(from, hop))
    : passed(hop, found.receivedAt - from.startedAt, WORDS[hop]);
};

const WORDS: Readonly<Record<Hop, string>> = {
  scale: 'took the message',
  heal: 'took the message',
  'alarm-to-notify': 'notify took the message of the alarm',
  notify: 'took the news of what scale decided',
};

/** The place to look at when a message does not arrive. */
export const hopHelp = ({ place }: Pick<From, 'place'>, hop: Hop): string => {
  const { service = '', stage = '', region } = place;
  const name = hop === 'alarm-to-notify' ? 'notify' : hop;
  const log = `aws logs tail /aws/lambda/${service}-${stage}-${name} --since 10m${region === undefined ? '' : ` --region ${region}`}`;
  return `read the log of ${name}: ${log}; then ${tidegateCommand('doctor', place)} looks at topics and queues`;
};
