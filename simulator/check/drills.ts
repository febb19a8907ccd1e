import type { SQSEvent } from 'aws-lambda';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Entry } from '#domain/lane/entry.ts';
import { WRITES } from '#simulator/faults/faulty-network.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { HistoryEvent, Received } from '../history.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';

const MARK = /\\?"TidegateDrill\\?":/;

/** True of a message with the mark of a drill, in its envelope or without; read apart from the code that is judged. */
export const isMarked = (text: string): boolean => MARK.test(text);

/** The calls that change the fleet, or what is remembered of a group. */
const CHANGES: readonly string[] = [...WRITES, 'TransactWriteItems'];

export const drillsChangeNothing: Checker = {
  id: 'S93',
  promise: 'an invocation that was given drills alone changes no fleet and no ledger of a group',
  watch: () => {
    const drills = new Set<string>();

    return {
      onEvent: (event) => {
        if (event.kind === 'invoked' && isGivenDrillsAlone(event)) drills.add(event.invocation.id);
        const other = noLongerAlone(event);
        if (other !== undefined) drills.delete(other);
        if (event.kind !== 'applying' || !drills.has(event.trip.invocation.id)) return [];
        const { action, invocation } = event.trip;
        return unless(!CHANGES.includes(action), () => {
          return `${invocation.id} was given drills, and called ${action}`;
        });
      },
    };
  },
};

const isGivenDrillsAlone = ({
  invocation,
  event,
}: Extract<HistoryEvent, { kind: 'invoked' }>): boolean =>
  (invocation.functionName === 'scale' || invocation.functionName === 'heal') &&
  (event as SQSEvent).Records.every(({ body }) => isMarked(body));

/** An invocation that is over, or that took more messages than drills because its batch was full. */
const noLongerAlone = (event: HistoryEvent): string | undefined => {
  if (event.kind === 'ended' || event.kind === 'failed') return event.invocation.id;
  if (event.kind !== 'answered' || event.trip.action !== 'ReceiveMessage') return undefined;
  const taken = (event.answer ?? []) as SQSEvent['Records'];
  return taken.every(({ body }) => isMarked(body)) ? undefined : event.trip.invocation.id;
};

type Written = Readonly<{ entry?: Entry }>;

/** The observation that a decision on capacity is recorded with. */
const recordedIn = (event: HistoryEvent): Observation | undefined => {
  if (event.kind !== 'applying' || event.trip.action !== 'TransactWriteItems') return undefined;
  const { entry } = event.trip.input as Written;
  if (entry?.kind !== 'open' || entry.decision.kind !== 'capacity') return undefined;
  return entry.observation as Observation;
};

export const realAlarmsAreReal: Checker = {
  id: 'S94',
  promise:
    'a recorded decision heard of no alarm by a drill, and saw each in the state that CloudWatch told',
  watch: ({ views }) => {
    const real = new Set<string>();

    return {
      onEvent: (event) => {
        if (event.kind === 'published' && !isMarked(event.message)) {
          for (const change of changeIn(event.message)) real.add(change);
        }
        const observation = recordedIn(event);
        if (observation === undefined || event.kind !== 'applying') return [];
        const seen = views.of(event.trip.invocation).alarms;
        return [
          ...observation.heard.flatMap(({ alarm, at }) =>
            unless(real.has(`${alarm} ${isoTime(at)}`), () => {
              return `${observation.group.name} was decided with a change of ${alarm} that was none`;
            }),
          ),
          // A condition that is held against its metric has no alarm; its arn is empty.
          ...observation.alarms.flatMap(({ name, state, arn }) =>
            arn === ''
              ? []
              : unless(seen.get(name)?.state === state, () => {
                  return `${observation.group.name} was decided with ${name} in ${state}, which CloudWatch did not say`;
                }),
          ),
        ];
      },
    };
  },
};

const changeIn = (message: string): readonly string[] => {
  const name = /"(?:AlarmName|alarmName)":"([^"]+)"/.exec(message)?.[1];
  const at = /"(?:StateChangeTime|timestamp)":"([^"]+)"/.exec(message)?.[1];
  return name === undefined || at === undefined ? [] : [`${name} ${at.replace('+0000', 'Z')}`];
};

export const nothingRealIsADrill: Checker = {
  id: 'S95',
  promise: 'people are told of a drill as a drill, and of nothing else so',
  watch: () => {
    const drills = new Set<string>();
    const learn = (message: string): void => {
      const id = /"TidegateDrill":"([^"]+)"/.exec(message)?.[1];
      if (id !== undefined) drills.add(id);
    };

    return {
      onEvent: (event) => {
        if (event.kind === 'published') learn(event.message);
        return event.kind === 'received' ? judgeMessage(event.received, drills) : [];
      },
    };
  },
};

const judgeMessage = ({ message }: Received, drills: ReadonlySet<string>): readonly Judgement[] => {
  const { title, text, reference } = message;
  const references = reference.split(', ');
  // A message about many shows some of them alone.
  if (references.length > MOST_SHOWN) return [];
  const isOfDrills = references.some((each) => drills.has(each));
  const saysSo = title.startsWith('Drill:') || /^\d\d:\d\d Drill:/m.test(text);
  return unless(isOfDrills === saysSo, () => `"${title}" is told of ${reference}`);
};

const MOST_SHOWN = 10;
