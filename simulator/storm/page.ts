import { markdownTable } from '#simulator/markdown-table.ts';
import type { Figures } from './books.ts';
import { isLimited, QUOTAS } from './quotas.ts';

/** The figures of storms as tables of Markdown, a storm in each row. */
export const pageOf = (storms: readonly Figures[]): string =>
  [
    markdownTable(
      [
        'groups',
        'messages',
        'evaluations',
        'by messages',
        'messages answered without one',
        'invocations',
        'right at the end',
        'dead letters',
        'failed invocations',
        'heap at most',
      ],
      storms.map((storm) => [
        storm.groups,
        storm.messages,
        storm.evaluations,
        storm.prompted,
        storm.answered,
        storm.invocations,
        storm.groups - storm.wrong,
        storm.deadLetters,
        storm.failed,
        `${storm.peakMegabytes} MB`,
      ]),
    ),
    markdownTable(
      ['groups', 'from alarm to change, the middle one', '99 of 100', 'the slowest'],
      storms.map((storm) => [
        storm.groups,
        `${storm.middleSeconds.toFixed(1)} s`,
        `${storm.nearlyAllSeconds.toFixed(0)} s`,
        `${storm.slowestSeconds.toFixed(0)} s`,
      ]),
    ),
    markdownTable(
      ['requests to AWS', ...storms.map(({ groups }) => `${groups} groups`)],
      actionsOf(storms).map((action) => [
        isLimited(action) ? `${action} (${QUOTAS[action].perSecond} a second)` : action,
        ...storms.map(({ requests }) => countOf(requests.get(action))),
      ]),
    ),
  ].join('\n\n');

const actionsOf = (storms: readonly Figures[]): readonly string[] =>
  [...new Set(storms.flatMap(({ requests }) => [...requests.keys()]))].toSorted();

const countOf = (count: Readonly<{ taken: number; throttled: number }> | undefined): string => {
  if (count === undefined) return '0';
  return count.throttled === 0
    ? String(count.taken)
    : `${count.taken}, and ${count.throttled} throttled`;
};
