import {
  at,
  type Check,
  type CompiledTemplate,
  idIn,
  list,
  resourcesOf,
} from './compiled-template.ts';

export const functionsOf = (template: CompiledTemplate) =>
  resourcesOf(template, 'AWS::Lambda::Function');

export const functionChecks: readonly Check[] = [
  {
    name: 'every function runs on nodejs24.x and arm64',
    problemsIn: (template) =>
      functionsOf(template)
        .filter(
          ([, { Properties }]) =>
            Properties.Runtime !== 'nodejs24.x' || at(Properties.Architectures, 0) !== 'arm64',
        )
        .map(([id]) => `${id} runs on something else`),
  },
  {
    name: 'every function has a role of its own',
    problemsIn: (template) => {
      const roles = functionsOf(template).map(([, { Properties }]) => idIn(Properties.Role));
      return functionsOf(template)
        .filter(([, { Properties }]) => {
          const role = idIn(Properties.Role);
          return !template.Resources[role] || roles.filter((other) => other === role).length > 1;
        })
        .map(([id]) => `${id} has no role, or shares it`);
    },
  },
  {
    name: 'the guard against endless recursion stays on',
    problemsIn: (template) =>
      functionsOf(template)
        .filter(([, { Properties }]) => Properties.RecursiveLoop === 'Allow')
        .map(([id]) => `${id} may call itself for ever`),
  },
  {
    name: 'every log is kept for a limited time',
    problemsIn: (template) =>
      functionsOf(template)
        .map(([id]) => id.replace(/LambdaFunction$/, 'LogGroup'))
        .filter(
          (id) => typeof at(template.Resources[id], 'Properties', 'RetentionInDays') !== 'number',
        )
        .map((id) => `${id} is missing or keeps its lines for ever`),
  },
  {
    name: 'no secret stands in the template',
    problemsIn: (template) => [
      ...(JSON.stringify(template).match(SECRETS) ?? []).map(
        (found) => `the template holds ${found}`,
      ),
      ...functionsOf(template).flatMap(([id, { Properties }]) =>
        Object.keys(at(Properties.Environment, 'Variables') ?? {})
          .filter((name) => /SECRET|TOKEN|PASSWORD|WEBHOOK/i.test(name))
          .map((name) => `${id} is given ${name}`),
      ),
    ],
  },
  {
    name: 'the sweep runs every minute, and a late tick is dropped',
    problemsIn: (template) => {
      const isEveryMinute = resourcesOf(template, 'AWS::Events::Rule').some(
        ([, { Properties }]) =>
          Properties.ScheduleExpression === 'rate(1 minute)' &&
          Properties.State === 'ENABLED' &&
          list(Properties.Targets).some((target) => idIn(at(target, 'Arn')) === SWEEP),
      );
      const isDropped = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').some(
        ([, { Properties }]) =>
          idIn(Properties.FunctionName) === SWEEP &&
          Properties.MaximumRetryAttempts === 0 &&
          Properties.MaximumEventAgeInSeconds === 60,
      );
      return [
        ...(isEveryMinute ? [] : ['no schedule runs the sweep every minute']),
        ...(isDropped ? [] : ['ticks of the sweep are repeated or kept']),
      ];
    },
  },
];

const SWEEP = 'SweepLambdaFunction';

/** Webhooks, access keys, Slack tokens. */
const SECRETS = /https?:\/\/hooks\.[\w./-]+|AKIA[A-Z0-9]{16}|xox[abp]-[\w-]+/g;
