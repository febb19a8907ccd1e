import { describeWhereabouts, type Whereabouts } from '#domain/basics/whereabouts.ts';
import type { DrillNews, Rehearsal } from '#domain/ledger/drill.ts';
import type { MessageWords } from './message.ts';

/** The news of a drill in words: every line that people may read alone says that it is one. */
export const describeDrill = (news: DrillNews, where: Whereabouts): MessageWords => {
  const place = describeWhereabouts(where);
  const common = [
    ...(place === undefined ? [] : [{ name: 'Where', value: place }]),
    { name: 'Drill', value: news.drill },
  ];
  if (!('would' in news)) {
    return {
      title: `Drill: the channel ${news.channel} is tried`,
      text: 'This is a drill. Nothing happened, and there is nothing to do.',
      fields: common,
    };
  }

  const { would } = news;
  return {
    title: `Drill: ${would.group} ${describeRehearsal(would)}`,
    text: `This is a drill: nothing was changed. In earnest: ${would.summary}`,
    fields: [
      ...common,
      { name: 'Group', value: would.group },
      { name: 'Auto Scaling group', value: would.autoScalingGroup },
      { name: 'Reason', value: would.reason },
    ],
  };
};

/** `would go from 4 to 6`, or what would be told instead. */
export const describeRehearsal = ({ outcome, capacity }: Rehearsal): string =>
  capacity === undefined
    ? `would stay as it is (${outcome})`
    : `would go from ${capacity.from} to ${capacity.to}`;
