import { groupNamed } from '#cli/deployment/group-named.ts';
import { failure } from '#cli/output/failure.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { DrillHop, DrillNews, Rehearsal } from '#domain/ledger/drill.ts';
import { describeRehearsal } from '#domain/notify/describe-drill.ts';
import { keyOfNews } from '#domain/notify/news.ts';
import { destinationsFor } from '#domain/notify/routing.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import { alarmPayload } from './alarm-payload.ts';
import { channelStep } from './channel-step.ts';
import type { DrillPlace } from './drill-place.ts';
import { hearersOfAlarms } from './drills.ts';
import { arrived, hopHelp } from './hops.ts';
import { type DrillStep, missed, passed } from './step.ts';

/** A rule with an alarm, whose message a drill can send. */
export type AlarmedRule = Readonly<{ group: Group; rule: Rule; alarm: string }>;

/** The rule of that name and its alarm; throws when there is no such rule, or none that has an alarm. */
export const alarmedRule = (
  configuration: Configuration,
  groupName: string,
  ruleName: string,
): AlarmedRule => {
  const group = groupNamed(configuration, groupName);
  const rule = group.rules.find(({ name }) => name === ruleName);
  const names = group.rules.map(({ name }) => name);
  if (rule === undefined) {
    const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(ruleName, names));
    throw failure('unknown-name', `${groupName} has no rule named "${ruleName}"`, suggestion);
  }
  const alarm = factsOf(rule).alarm?.name;
  if (alarm !== undefined) return { group, rule, alarm };
  throw failure(
    'unknown-name',
    `the rule ${ruleName} of ${groupName} has no alarm: it is looked at every minute`,
    'drill that look instead: tidegate drill sweep',
  );
};

/** Sends the message of the alarm, and answers how to look what became of it. */
export const sendAlarm = async (
  from: DrillPlace,
  { group, rule, alarm }: AlarmedRule,
): Promise<() => Promise<readonly DrillStep[]>> => {
  const { drills, id, startedAt, region, account, configuration } = from;
  const isHealHearing = hearersOfAlarms(configuration).includes('heal');
  const payload = { group, rule, alarm, drill: id, at: startedAt, region, account };
  await drills.publish('alarms', alarmPayload(payload));
  return async () => {
    const hops = await drills.readHops(id);
    const decided = hops.find(({ hop, group: name }) => hop === 'scale' && name === group.name);
    return [
      scaleStep(from, decided, hops),
      ...(isHealHearing ? [arrived(from, hops, 'heal')] : []),
      arrived(from, hops, 'alarm-to-notify'),
      ...(decided?.would === undefined ? [] : await toldSteps(from, hops, decided.would)),
    ];
  };
};

const scaleStep = (
  from: DrillPlace,
  decided: DrillHop | undefined,
  hops: readonly DrillHop[],
): DrillStep => {
  const refused = hops.find(({ hop, detail }) => hop === 'scale' && detail !== undefined);
  if (decided?.would !== undefined) {
    const tookMs = decided.at - decided.receivedAt;
    const what = `${decided.would.group} ${describeRehearsal(decided.would)}`;
    return passed('scale', decided.at - from.startedAt, `decided in ${tookMs} ms: ${what}`);
  }
  return refused?.detail === undefined
    ? missed('scale', 'the message has not arrived', hopHelp(from, 'scale'))
    : missed(
        'scale',
        refused.detail,
        'what is deployed does not know this rule: npx serverless deploy',
      );
};

const toldSteps = async (
  from: DrillPlace,
  hops: readonly DrillHop[],
  would: Rehearsal,
): Promise<readonly DrillStep[]> => {
  const { configuration, id, startedAt } = from;
  const news: DrillNews = { kind: 'drill', drill: id, at: startedAt, would };
  const channels = destinationsFor(configuration, news, startedAt).map(({ channel }) => channel);
  const told = await Promise.all(
    channels.map((channel) => channelStep(from, channel, keyOfNews(news))),
  );
  const nobody = passed(
    'channels',
    0,
    `no route sends \`${would.outcome}\` of ${would.group} to a channel: nobody is told of it`,
  );
  return [arrived(from, hops, 'notify'), ...(told.length === 0 ? [nobody] : told)];
};
