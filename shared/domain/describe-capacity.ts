import type { Proposal } from './combine.ts';
import type { TraceLine } from './decision.ts';

type Subject = Readonly<{
  group: string;
  from: number;
  to: number;
  proposal: Proposal;
  gates: readonly TraceLine[];
}>;

/** The one sentence about a decision on capacity: who, from where to where, and why, with numbers. */
export const describeCapacity = (subject: Subject): string =>
  subject.from === subject.to ? describeHold(subject) : describeChange(subject);

const describeChange = ({ group, from, to, proposal, gates }: Subject): string => {
  const bend = gates.find(({ verdict }) => verdict === 'bend');
  const why = proposal.rule === undefined ? '' : `${proposal.rule}: ${proposal.detail}`;
  const because = [why, bend?.detail].filter((part) => part).join('; ');

  return `${group} ${from} → ${to}: ${because}`;
};

const describeHold = ({ group, from, proposal, gates }: Subject): string => {
  const obstacle = gates.find(({ verdict }) => verdict !== 'pass');
  if (obstacle === undefined || proposal.capacity === from) {
    return `${group} stays at ${from}: ${obstacle?.detail ?? proposal.detail}`;
  }

  return `${group} stays at ${from}: ${proposal.rule} asks for ${proposal.capacity}, but ${obstacle.detail}`;
};
