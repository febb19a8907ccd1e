import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { createCloud, kindAnswer, promptMail } from '#simulator/cloud.ts';
import { deploy } from '#simulator/deploy.ts';
import { alarmMessage } from '#simulator/faults/alarm-message.ts';
import { createHistory } from '#simulator/history.ts';
import { createRandom, type Random } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { createBooks, type Figures } from './books.ts';
import { createLimitedNetwork } from './limited-network.ts';

export type Storm = Readonly<{ groups: number; seed: number }>;

/** 2026-03-02T00:00:00Z, a Monday. */
const START = 1_772_409_600_000;
const MINUTES = 5;
/** After so many minutes whatever was not done counts as lost. */
const LAST_MINUTE = 60;
const LATENCY_MS = 12;
/** Each message of a storm is delivered twice. */
const COPIES = [20, 400] as const;

/** The size of each group before the storm, and the one that its rules ask for. */
const [BEFORE, WANTED] = [4, 8];

/**
 * Two alarms of each group change their state five times within five minutes, and every message about it comes twice: ten
 * messages for each group, a hundred thousand for ten thousand. The first alarm stays in ALARM, so at the end
 * each group must have the capacity that its rule sets.
 */
export const runStorm = async ({ groups, seed }: Storm): Promise<Figures> => {
  const configuration = configurationOf(groups);
  const timeline = createTimeline(START);
  const history = createHistory();
  const random = createRandom(seed);
  const mail = { ...promptMail, deliveries: () => COPIES };
  const cloud = createCloud(
    { timeline, history, mail, answer: kindAnswer },
    configuration,
    configuration.groups.map(({ autoScalingGroup }) => ({
      name: autoScalingGroup,
      min: 2,
      max: 20,
      desired: BEFORE,
      bootSeconds: () => 60 + 60 * random(),
      isManaged: true,
      targetGroupArns: [],
    })),
  );
  const books = createBooks({ cloud, configuration, wanted: WANTED });
  history.listen(books.listen);
  const network = createLimitedNetwork({
    timeline,
    random,
    latencyMs: LATENCY_MS,
    onRequest: books.request,
  });
  deploy(
    {
      timeline,
      history,
      random,
      network,
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );

  for (const { name } of configuration.groups) {
    for (const { at, alarm, state, previousState } of changesOf(name, random)) {
      timeline.quietly(START + at, () => {
        cloud.alarms.setState(alarm, state, 'Threshold Crossed');
        const change = { name: alarm, state, previousState, at: timeline.now() };
        cloud.alarmTopic.publish(alarmMessage('metric', change));
      });
    }
  }
  for (let minute = 1; minute <= LAST_MINUTE && !books.isOver(minute - MINUTES); minute += 1) {
    await timeline.runUntil(START + minute * MINUTE_MS);
    books.seeMemory();
  }
  return books.figures();
};

type Change = Readonly<{
  at: number;
  alarm: string;
  state: 'ALARM' | 'OK';
  previousState: 'ALARM' | 'OK';
}>;

const changesOf = (group: string, random: Random): readonly Change[] => {
  const times = Array.from({ length: 5 }, () => Math.floor(random() * MINUTES * MINUTE_MS));
  const [first = 0, ...later] = times.toSorted((a, b) => a - b);
  return [
    { at: first, alarm: `${group}-busy`, state: 'ALARM', previousState: 'OK' },
    ...later.map((at, index): Change => {
      const [state, previousState] =
        index % 2 === 0 ? (['ALARM', 'OK'] as const) : (['OK', 'ALARM'] as const);
      return { at: at + SECOND_MS, alarm: `${group}-slow`, state, previousState };
    }),
  ];
};

const FIRST = 'fleet-0-';

/** One group, read from a file, and as many more like it: so many would not fit into a file. */
const configurationOf = (groups: number): Configuration => {
  const parsed = parseConfiguration(TEXT, { file: 'storm.yml', prefix: 'tidegate-storm' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  const model = JSON.stringify(parsed.value.groups[0]);
  return {
    ...parsed.value,
    groups: Array.from(
      { length: groups },
      (_, index) => JSON.parse(model.replaceAll(FIRST, `fleet-${index}-`)) as Group,
    ),
  };
};

const TEXT = `version: 1
groups:
  ${FIRST}web:
    autoScalingGroup: ${FIRST}asg
    capacity: { min: 2, max: 20 }
    rules:
      busy: { when: { alarm: ${FIRST}web-busy }, then: set ${WANTED} }
      slow: { when: { alarm: ${FIRST}web-slow }, then: set ${WANTED} }
notify:
  channels: { ops: { slack: ssm:/tidegate/slack-webhook } }
`;
