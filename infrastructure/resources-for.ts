import type { Configuration } from '#domain/configuration/configuration.ts';
import { alertAlarms } from './alert-alarms.ts';
import { dashboards } from './dashboard/dashboards.ts';
import { eventBus } from './event-bus.ts';
import { eventHub } from './event-hub.ts';
import { healthAlarms } from './health-alarm.ts';
import { key } from './key.ts';
import { mailChannels, mailTopicId, mailTopics } from './mail-topics.ts';
import { outputs } from './outputs.ts';
import { ownAlarms } from './own-alarms.ts';
import { hasOddAlarms } from './publisher-conditions.ts';
import { queues } from './queues.ts';
import { guardRails } from './roles/guard-rails.ts';
import { healRole } from './roles/heal-role.ts';
import { notifyRole } from './roles/notify-role.ts';
import { scaleRole } from './roles/scale-role.ts';
import { sweepRole } from './roles/sweep-role.ts';
import { ruleAlarms } from './rule-alarms.ts';
import { subscriptions } from './subscriptions.ts';
import { table } from './table.ts';
import { type Deployment, merge, type Template } from './template.ts';
import { topics } from './topics.ts';

/** Everything that a deployment consists of, but for the functions, which stand in serverless.yml. */
export const resourcesFor = (configuration: Configuration, deployment: Deployment): Template => {
  const channels = mailChannels(configuration.channels);
  const isOdd = hasOddAlarms(configuration);

  return {
    Resources: merge([
      key(deployment, isOdd),
      topics(deployment, isOdd),
      mailTopics(deployment, configuration.channels),
      queues(deployment, channels.map(mailTopicId), configuration),
      subscriptions(configuration),
      table(deployment),
      ...configuration.groups.map(ruleAlarms),
      ...configuration.groups.map(healthAlarms),
      alertAlarms(configuration),
      ownAlarms(deployment, configuration),
      eventBus(configuration, deployment),
      eventHub(configuration, deployment),
      dashboards(configuration, deployment),
      guardRails(configuration),
      scaleRole(configuration, deployment),
      healRole(configuration, deployment),
      notifyRole(configuration),
      sweepRole(configuration),
    ]),
    Outputs: outputs(configuration),
  };
};
