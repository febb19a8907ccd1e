import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { autoScalingGroupOf, type FleetName, type FleetSpec, fleetSpecs } from '../fleets.ts';
import { dimensionOf } from './account.ts';
import { FLEET, HEALED_FLEET } from './members.ts';
import { WORK_DIRECTORY } from './work-directory.ts';
import type { World } from './world.ts';

export const WEBHOOK_PARAMETER = '/tidegate/e2e/slack-webhook';
export const BOT_SECRET = 'tidegate-e2e/bot-token';
export const HTML_SENDER = 'tidegate@example.com';

const USUAL = [
  ...['scaled', 'replaced', 'blocked', 'at-max', 'failed', 'override', 'foreign', 'alert'],
];

/** The rules of all groups that carry a tag: nobody is in the fleet before its scenario. */
const SELECTED = {
  select: { tags: { [FLEET.tag.Key]: FLEET.tag.Value } },
  capacity: { min: 1, max: 8 },
  rules: { busy: { when: { alarm: '{autoScalingGroup}-busy' }, then: 'add 2' } },
};

/** Their targets are looked after, though nobody has named a target group or made an alarm. */
const HEALED = {
  ...SELECTED,
  select: { tags: { [HEALED_FLEET.tag.Key]: HEALED_FLEET.tag.Value } },
  health: { unhealthyFor: '1m', floor: '50%', ceiling: '30%' },
};

/** Writes the tidegate.yml of this run, with the real names of the pretended account. */
export const writeConfiguration = async (world: World, slackOrigin: string): Promise<string> => {
  const groups = fleetSpecs.map(([fleet, spec]) => [fleet, groupOf(world, fleet, spec)] as const);
  const file = join(WORK_DIRECTORY, 'tidegate.yml');
  const channels = {
    ops: { slack: `ssm:${WEBHOOK_PARAMETER}`, origin: slackOrigin },
    mail: { email: 'ops@example.com' },
    bot: { slackBot: `secretsmanager:${BOT_SECRET}`, channel: 'C0E2E0001', origin: slackOrigin },
    html: { email: 'ops@example.com', from: HTML_SENDER },
  };
  const routes = [
    { on: USUAL, to: ['ops', 'mail'], groups: fleetSpecs.map(([fleet]) => fleet) },
    { on: ['membership', 'scaled', 'failed'], groups: [FLEET.name], to: ['ops'] },
    { on: ['membership', 'replaced'], groups: [HEALED_FLEET.name], to: ['ops'] },
    { on: ['scaled', 'override'], groups: ['threaded'], to: ['bot', 'html'] },
  ];
  const alerts = { hot: { group: 'quiet', when: 'cpu > 95 for 1m', severity: 'critical' } };
  const value = {
    version: 1,
    groups: Object.fromEntries(groups),
    fleets: { [FLEET.name]: SELECTED, [HEALED_FLEET.name]: HEALED },
    alerts,
    notify: { channels, routes },
  };
  await writeFile(file, stringify(value));
  return file;
};

const groupOf = (world: World, fleet: FleetName, { rules, cooldown = {}, health }: FleetSpec) => ({
  autoScalingGroup: autoScalingGroupOf(fleet),
  metrics: { cpu: { preset: 'asg-cpu' } },
  rules,
  behavior: {
    ...(cooldown.scaleOut ? { scaleOut: { cooldown: cooldown.scaleOut } } : {}),
    ...(cooldown.scaleIn ? { scaleIn: { cooldown: cooldown.scaleIn } } : {}),
  },
  ...(health ? { health: { ...health, ...loadBalancingOf(world, fleet) } } : {}),
});

const loadBalancingOf = ({ loadBalancerArn, targetGroupArns }: World, fleet: FleetName) => ({
  targetGroup: dimensionOf(targetGroupArns.get(fleet) ?? ''),
  loadBalancer: dimensionOf(loadBalancerArn),
});
