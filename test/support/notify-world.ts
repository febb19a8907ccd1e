import type { NotifyPorts } from '../../shared/app/notify-ports.ts';
import type { AlarmEvent } from '../../shared/domain/alarm.ts';
import type { Channel, NewsKind, Route } from '../../shared/domain/configuration.ts';
import type { Note } from '../../shared/domain/note.ts';
import type { Claim, Delivery, Notice } from '../../shared/domain/notice.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { NOON } from './builders.ts';

export const SLACK: Extract<Channel, { kind: 'slack' }> = {
  kind: 'slack',
  name: 'ops',
  webhookParameter: '/tidegate/slack-webhook',
  origins: ['https://hooks.slack.com'],
};
export const EMAIL: Extract<Channel, { kind: 'email' }> = {
  kind: 'email',
  name: 'mail',
  address: 'ops@example.com',
};

const ALL: Route['on'] = ['scaled', 'replaced', 'held', 'blocked', 'at-max', 'failed', 'alarm'];

export const anOutcome = (overrides: Partial<Outcome> = {}): Outcome => ({
  schemaVersion: 1,
  kind: 'scaled',
  decisionId: 'web-17',
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  reason: 'ScaledOut',
  summary: 'web 4 → 6: cpu-high',
  capacity: { from: 4, to: 6 },
  ...overrides,
});

export const anOutcomeOf = (kind: Exclude<NewsKind, 'alarm' | 'alert'>): Outcome =>
  anOutcome({ kind });

export const anAlarmEvent = (overrides: Partial<AlarmEvent> = {}): AlarmEvent => ({
  kind: 'alarm',
  form: 'metric',
  name: 'web-cpu-high',
  arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:web-cpu-high',
  state: 'ALARM',
  previousState: 'OK',
  reason: 'Threshold Crossed',
  at: NOON,
  ...overrides,
});

/** What is remembered about one notice; what DynamoDB holds. */
type Stored = { status: string; token: string; at: number; until: number };

/** The memory of notices, the channels and the clock; several invocations may share it. */
export const aNotifyWorld = (overrides: Partial<NotifyPorts['configuration']> = {}) => {
  const stored = new Map<string, Stored>();
  const world = {
    now: NOON,
    /** Every effect in its order: `claim ops`, `send ops web-17`, `end ops sent`. */
    effects: [] as string[],
    notes: [] as Note[],
    stored,
    /** What each channel answers, in turn; `sent` when there is nothing left. */
    answers: { ops: [] as Delivery[], mail: [] as Delivery[] } as Record<string, Delivery[]>,
    /** What each channel has spent of its budget in this hour, and in the hour before. */
    spent: {} as Record<string, number>,
    spentBefore: 0,
    texts: [] as string[],
    sent: (channel: string) => world.effects.filter((each) => each.startsWith(`send ${channel} `)),
  };

  const claimFrom = (notice: Notice, isFree: (found?: Stored) => boolean): Claim => {
    const found = stored.get(keyOf(notice));
    if (isFree(found)) {
      const token = `token-${stored.size}-${world.effects.length}`;
      stored.set(keyOf(notice), { status: 'claimed', token, at: world.now, until: 0 });
      return { kind: 'ours', token };
    }
    if (found?.status === 'claimed') return { kind: 'taken', token: found.token, since: found.at };
    if (found?.status === 'released') return { kind: 'waiting', until: found.until };
    return { kind: 'closed' };
  };

  const ports: NotifyPorts = {
    configuration: {
      ...{ alerts: [], channels: [SLACK, EMAIL] },
      routes: [{ on: ALL, to: ['ops', 'mail'] }],
      ...overrides,
    },
    notices: {
      claim: async (notice, now) => {
        world.effects.push(`claim ${notice.channel}`);
        return claimFrom(
          notice,
          (found) => !found || (found.status === 'released' && found.until <= now),
        );
      },
      takeOver: async (notice, token) => {
        world.effects.push(`take over ${notice.channel}`);
        return claimFrom(notice, (found) => found?.status === 'claimed' && found.token === token);
      },
      end: async (notice, token, ending) => {
        world.effects.push(`end ${notice.channel} ${ending.kind}`);
        if (stored.get(keyOf(notice))?.token !== token) return;
        const until = ending.kind === 'released' ? ending.until : 0;
        stored.set(keyOf(notice), { status: ending.kind, token, at: ending.at, until });
      },
    },
    budgets: {
      spend: async (channel) => {
        world.spent[channel] = (world.spent[channel] ?? 0) + 1;
        return { count: world.spent[channel] ?? 0, before: world.spentBefore };
      },
      giveBack: async (channel) => {
        world.spent[channel] = (world.spent[channel] ?? 0) - 1;
      },
    },
    send: async (channel, message) => {
      world.texts.push(message.text);
      world.effects.push(`send ${channel.name} ${message.reference}`);
      return world.answers[channel.name]?.shift() ?? { kind: 'sent' };
    },
    note: (note) => world.notes.push(note),
    now: () => world.now,
  };

  return { world, ports };
};

const keyOf = ({ news, channel }: Notice): string => `${news}#${channel}`;
