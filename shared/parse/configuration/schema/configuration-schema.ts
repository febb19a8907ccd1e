import type * as z from 'zod';
import { choice } from '#parse/configuration/words/choice.ts';
import { eventBusArn, eventBusName } from '#parse/configuration/words/event-bus.ts';
import { plainNames } from '#parse/configuration/words/names.ts';
import { version } from '#parse/configuration/words/version.ts';
import { alertSchema } from './alert-schema.ts';
import { fleetSchema } from './fleet-schema.ts';
import { groupSchema } from './group-schema.ts';
import { jsonSchemaOf } from './json-schema-of.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';
import { notifySchema } from './notify-schema.ts';

/** The whole of `tidegate.yml`. */
export const configurationSchema = mapping(
  'The groups that Tidegate scales, their rules, and the channels for messages.',
  {
    version: leaf(version, 'The version of this format.'),
    groups: record(groupSchema, {
      names: plainNames('a group'),
      description: 'The Auto Scaling groups, by a name of your choice.',
    }),
    fleets: record(fleetSchema, {
      names: plainNames('a fleet'),
      description:
        'Sets of rules for groups that are found by their tags, by a name of your choice.',
    }).optional(),
    alerts: record(alertSchema, {
      names: plainNames('an alert'),
      description: 'Alerts, which tell people and change nothing, by a name of your choice.',
    }).prefault({}),
    notify: notifySchema.prefault({}),
    events: mapping('Outcomes as events on a bus of EventBridge.', {
      bus: leaf(eventBusName, 'The name of an event bus in the same account and Region.').prefault(
        'default',
      ),
      hub: leaf(
        eventBusArn,
        'The ARN of an event bus of another account or Region, to which each outcome is also forwarded.',
      ).optional(),
    }).optional(),
    dashboard: leaf(
      choice(['on', 'off']),
      'Whether the deployment makes a CloudWatch dashboard of the groups; it is on.',
    ).optional(),
    tracing: leaf(
      choice(['off', 'xray']),
      'Whether the functions leave traces in X-Ray, with the id of each recorded decision; off.',
    ).optional(),
    permissions: leaf(
      choice(['tagged', 'named']),
      'Whether the roles reach the groups that carry the tag of the deployment, or name each of them, too; tagged.',
    ).optional(),
  },
);

export type ConfigurationInput = z.output<typeof configurationSchema>;

/** The JSON Schema of `tidegate.yml`, with which editors complete and check it. */
export const configurationJsonSchema = (): Record<string, unknown> => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:tidegate:configuration:1',
  title: 'tidegate.yml, version 1',
  ...withGroupsOrFleets(jsonSchemaOf(configurationSchema)),
});

/** A file has groups, fleets, or both. */
const withGroupsOrFleets = (schema: Record<string, unknown>): Record<string, unknown> => ({
  ...schema,
  required: ['version'],
  anyOf: [{ required: ['groups'] }, { required: ['fleets'] }],
});
