import { partitionOf } from '#domain/basics/partition.ts';
import { awsCommand, shellWord, tidegateCommand } from '#domain/basics/whereabouts.ts';
import { isInSecretsManager, parametersOf } from '#domain/configuration/channel.ts';
import type { Configuration, Fleet } from '#domain/configuration/configuration.ts';
import { describeTags, groupsAndTemplates } from '#domain/configuration/fleet.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import { isHealed } from '#domain/health/health-observation.ts';
import { commandOf, REMEDIES } from '#domain/ledger/remedies.ts';
import { type Deployment, prefixOf } from './template.ts';

type Where = Deployment & Readonly<{ region: string }>;

/** Lists the steps that a person takes after a deployment, with their commands; none is done for them. */
export const nextSteps = (configuration: Configuration, where: Where): string => {
  const steps = [
    ...confirmations(configuration),
    ...tags(configuration, where),
    ...ownAlarms(configuration, where),
    ...secrets(configuration, where),
    ...trials(configuration, where),
    ...dashboardOf(configuration, where),
    ['See whether all is well, and what is missing:', tidegateCommand('doctor', where)],
  ];
  const { service, stage, region } = where;
  return [
    `Tidegate is deployed: ${service}, stage ${stage}, ${region}. What may be left to do:`,
    ...steps.map(([step = '', ...commands], index) =>
      [`${index + 1}. ${step}`, ...commands.map((command) => `     ${command}`)].join('\n'),
    ),
  ].join('\n');
};

type Step = readonly string[];

const confirmations = ({ channels }: Configuration): readonly Step[] => {
  const addresses = new Set(
    channels.flatMap((channel) => ('address' in channel ? [channel.address] : [])),
  );
  return addresses.size === 0
    ? []
    : [
        [
          `Confirm the mails that AWS sends to ${[...addresses].join(', ')}; until then nothing is delivered there.`,
        ],
      ];
};

const tags = ({ groups, fleets = [] }: Configuration, where: Where): readonly Step[] => {
  const targetGroups = new Set(
    groups
      .filter(isHealed)
      .filter(({ health }) => health.action !== 'notify')
      .flatMap(({ health }) => health.watched.map(({ targetGroup }) => targetGroup)),
  );
  const partition = partitionOf(where.region)?.name ?? 'aws';
  const account = '$(aws sts get-caller-identity --query Account --output text)';
  const ofFleets: readonly Step[] =
    fleets.length === 0
      ? []
      : [
          [
            `Tag the groups of the fleets: each carries tidegate:managed=${prefixOf(where)}, and the tags of its fleet (${fleets.map(({ name, tags: wanted }) => `${name}: ${describeTags(wanted)}`).join('; ')}). They join within a minute, without a deployment.${targetsOf(fleets, where)}`,
          ],
        ];
  if (groups.length === 0) return ofFleets;
  return [
    ...ofFleets,
    [
      'Tag the groups that may be changed; without the tag nothing is touched. Rules in shadow need none:',
      ...groups.flatMap(
        ({ name, autoScalingGroup }) =>
          commandOf(REMEDIES.NotManaged, { group: name, autoScalingGroup }, where) ?? [],
      ),
      ...[...targetGroups].map((targetGroup) =>
        awsCommand(
          `elbv2 add-tags --tags Key=tidegate:managed,Value=${prefixOf(where)} --resource-arns arn:${partition}:elasticloadbalancing:${where.region}:${account}:${targetGroup}`,
          where,
        ),
      ),
    ],
  ];
};

/** The target groups of members, where they are taken out of them. */
const targetsOf = (fleets: readonly Fleet[], where: Where): string => {
  const acting = fleets.filter(
    ({ template: { health } }) => health !== undefined && health.action !== 'notify',
  );
  return acting.length === 0
    ? ''
    : ` The target groups that groups of ${acting.map(({ name }) => name).join(', ')} are attached to carry tidegate:managed=${prefixOf(where)}, too.`;
};

/** Alarms that people have made themselves and that rules are bound to. */
const ownAlarms = (configuration: Configuration, where: Where): readonly Step[] => {
  const names = new Set(
    groupsAndTemplates(configuration).flatMap(({ rules }) =>
      rules.flatMap((rule) => {
        const { alarm } = factsOf(rule);
        return alarm?.kind === 'existing' ? [alarm.name] : [];
      }),
    ),
  );
  return names.size === 0
    ? []
    : [
        [
          `Add the alarm topic to the AlarmActions and OKActions of ${[...names].join(', ')} (docs/deploy.md, "Alarms that you already have"). Its ARN:`,
          awsCommand(
            `cloudformation describe-stacks --stack-name ${where.service}-${where.stage} --output text --query "Stacks[0].Outputs[?OutputKey=='AlarmTopicArn'].OutputValue"`,
            where,
          ),
        ],
      ];
};

const secrets = ({ channels }: Configuration, where: Where): readonly Step[] => {
  const names = [...new Set(channels.flatMap(parametersOf))].filter(
    (name) => !isInSecretsManager(name),
  );
  return names.length === 0
    ? []
    : [
        [
          'Store the secrets of the channels that are not stored yet, each from a file:',
          ...names.map((name) =>
            awsCommand(
              `ssm put-parameter --type SecureString --name ${shellWord(name)} --value file://FILE`,
              where,
            ),
          ),
        ],
      ];
};

/** The address of the dashboard, where the console has one that is known. */
const dashboardOf = ({ dashboard }: Configuration, where: Where): readonly Step[] => {
  const { region } = where;
  const host = partitionOf(region)?.console;
  if (dashboard === 'off' || host === undefined) return [];
  return [
    [
      'See the groups, and Tidegate itself, on the dashboard:',
      `https://${region}.${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${prefixOf(where)}`,
    ],
  ];
};

const trials = ({ channels }: Configuration, where: Where): readonly Step[] =>
  channels.length === 0
    ? []
    : [
        [
          'Try the channels:',
          ...channels.map(({ name }) => tidegateCommand(`notify --test ${name}`, where)),
        ],
      ];
