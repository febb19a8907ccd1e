import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import { AUTO } from '#parse/configuration/words/or-auto.ts';
import type { Fault, Path } from '../fault.ts';
import type { GroupParts } from '../group-parts.ts';
import { countsWhatCame, metricInParts } from './counts-what-came.ts';

type Given = Readonly<{
  /** The name of a metric of the group. */
  forecast: string;
  perInstance?: unknown;
  lead?: unknown;
  learned?: Readonly<{ perInstance?: unknown; lead?: unknown }> | undefined;
}>;

/** It checks that what is learned is asked for by `auto`, and can be learned from what a history has. */
export const checkLearned = (
  given: Given,
  { path, group }: Readonly<{ path: Path; group: GroupParts }>,
): readonly Fault[] => [
  ...(['perInstance', 'lead'] as const).flatMap((key): readonly Fault[] =>
    given.learned?.[key] === undefined || given[key] === undefined || given[key] === AUTO
      ? []
      : [
          {
            path: [...path, 'learned', key],
            code: 'conflict',
            message: `${key} is said above, so what was learned would never count`,
            expected: `${key}: auto, or nothing here`,
          },
        ],
  ),
  ...(given.perInstance === AUTO ? checkHistoryHas(given.forecast, group, path) : []),
];

/** A history has the requests of load balancers, their new flows, and the messages sent to queues. */
const checkHistoryHas = (name: string, group: GroupParts, path: Path): readonly Fault[] => {
  const counts = countsWhatCame(name, group);
  if (counts === undefined) return [];
  const sources = sourcesOf(metricInParts(name, group));
  return counts && sources.every(({ metricName }) => RECORDED.has(metricName))
    ? []
    : [
        {
          path: [...path, 'perInstance'],
          code: 'conflict',
          message: `${name} is not in the history that npx tidegate record fetches, so nothing is learned of it`,
          expected:
            'a number, such as 45rps; or forecast alb-requests, nlb-flows or sqs-sent, of which it is learned',
        },
      ];
};

const RECORDED: ReadonlySet<string> = new Set([
  'RequestCount',
  'NewFlowCount',
  'NumberOfMessagesSent',
]);
