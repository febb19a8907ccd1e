import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import { readHops } from '#aws/dynamodb/drills.ts';
import { readLastSweep } from '#aws/dynamodb/last-sweep.ts';
import type { Drills } from '#cli/drill/drills.ts';
import type { Account } from '#cli/terminal.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { readsOfCloud } from '#simulator/console/reads-of-cloud.ts';
import { accountWith, aDeployment } from './a-deployment.ts';

const TABLE = 'tidegate-dev';

/** The account of a simulated cloud as the `tidegate` command reaches it. */
export const simulatedAccount = (cloud: Cloud, now: () => Instant): Account =>
  accountWith([aDeployment()], {
    tableOf: async () => TABLE,
    overridesIn: () => ({
      read: async (group) => cloud.overrides.get(group),
      write: async (group, override, read) => {
        if (cloud.overrides.get(group)?.id !== read?.id) return false;
        cloud.overrides.set(group, override);
        return true;
      },
    }),
    readsIn: async () => readsOfCloud(cloud, now),
    drillsOf: async () => drillsOf(cloud),
    recorder: async () => ({
      readRanges: readRanges(cloud.cloudWatch),
      readLaunchHistory: async () => [],
    }),
    endInstance: cloud.autoScaling.release,
  });

const drillsOf = (cloud: Cloud): Drills => {
  const { alarmTopic, outcomeTopic, outbox, queues, scaleLedger } = cloud;
  const hasDeadLetter: Drills['hasDeadLetter'] = async (queued, drill) =>
    queues[queued].deadLetters().some((body) => body.includes(drill));
  return {
    publish: async (topic, message) =>
      (topic === 'alarms' ? alarmTopic : outcomeTopic).publish(message),
    readHops: readHops(scaleLedger.client, TABLE),
    readNoticeEnd: async (channel, key) => outbox.endings(channel).get(key),
    readLastSweep: readLastSweep(scaleLedger.client, TABLE),
    hasDeadLetter,
    takeDeadLetter: hasDeadLetter,
    readDeadLetterAlarm: async (queued) =>
      queues[queued].deadLetters().length > 0 ? 'ALARM' : 'OK',
  };
};
