import {
  at,
  type Check,
  type CompiledTemplate,
  idIn,
  list,
  properties,
  resourcesOf,
  texts,
} from './compiled-template.ts';
import { roleStatements, type Statement, statementsIn } from './statements.ts';

/** The permissions of a function, one statement at a time. */
const allowed = (template: CompiledTemplate, owner?: string): readonly Statement[] =>
  roleStatements(template).filter(
    (statement) =>
      statement.effect === 'Allow' && (owner === undefined || statement.owner === owner),
  );

const isRead = (action: string): boolean => /^\w+:(Describe|Get|List)[A-Z]/.test(action);
/** X-Ray has no resources that a permission could name. */
const isTrace = (action: string): boolean => /^xray:Put(Trace|Telemetry)/.test(action);
const isScaling = (action: string): boolean =>
  /^(autoscaling|elasticloadbalancing|ec2):/.test(action) && !isRead(action);

const isEverything = (resource: unknown): boolean =>
  resource === '*' || String(at(resource, 'Fn::Sub')) === '*';

const describe = ({ owner, actions }: Statement): string => `${owner}: ${actions.join(', ')}`;

/** Resources that the tag may stand on: a group, or a target group, by name or by pattern. */
const TAGGABLE = /:(autoScalingGroup:\*:autoScalingGroupName\/|targetgroup\/)/;
const deploymentOf = (template: CompiledTemplate): string =>
  String(
    at(properties(template, 'ScaleLambdaFunction'), 'Environment', 'Variables', 'DEPLOYMENT_NAME'),
  );
const TAG_KEYS = ['autoscaling:ResourceTag/tidegate:managed', 'aws:ResourceTag/tidegate:managed'];
const NEVER = ['autoscaling:Delete*', 'autoscaling:Update*', 'ec2:TerminateInstances', 'iam:*'];

/** The beginnings of the keys that a function reaches: the index of open heads has a key of its own. */
const ownKeys = (owner: string, resources: readonly unknown[]): readonly string[] => {
  if (owner === 'NotifyRole') return ['NOTICE#*', 'CHANNEL#*', 'DRILL#*'];
  const isIndex = resources.every((each) =>
    /\/index\/open-heads$/.test(String(at(each, 'Fn::Sub'))),
  );
  // Who evaluates a member finds out whether it is one.
  if (owner !== 'SweepRole') return ['GROUP#*', 'DRILL#*', 'MEMBERS'];
  return isIndex ? ['heal'] : ['GROUP#*', 'CHANNEL#*', 'SWEEP', 'CONFIGURATION', 'MEMBERS'];
};

export const permissionChecks: readonly Check[] = [
  {
    name: 'nothing is written on every resource there is',
    problemsIn: (template) =>
      allowed(template)
        .filter(({ resources }) => resources.some(isEverything))
        .filter(({ actions }) => !actions.every((action) => isRead(action) || isTrace(action)))
        .map((statement) => `${describe(statement)} on everything`),
  },
  {
    name: 'whatever changes groups or targets is bound to the opt-in tag of the deployment',
    problemsIn: (template) =>
      allowed(template)
        .filter(({ actions }) => actions.some(isScaling))
        .filter(({ condition, resources }) => {
          const values = TAG_KEYS.flatMap((key) => texts(at(condition, 'StringEquals', key)));
          const isOurs = values.join(' ') === `${deploymentOf(template)} true`;
          const areTaggable = resources.every((resource) =>
            TAGGABLE.test(String(at(resource, 'Fn::Sub') ?? resource)),
          );
          return !isOurs || !areTaggable || resources.length === 0;
        })
        .map((statement) => `${describe(statement)} without the tag, or on more than groups`),
  },
  {
    name: 'permissions name single actions',
    problemsIn: (template) =>
      allowed(template)
        .flatMap(({ owner, actions }) => actions.map((action) => ({ owner, action })))
        .filter(({ action }) => action.includes('*') && action !== 'kms:GenerateDataKey*')
        .map(({ owner, action }) => `${owner} may do ${action}`),
  },
  {
    name: 'only scale sets capacities, and only heal takes targets out',
    problemsIn: (template) =>
      allowed(template)
        .flatMap(({ owner, actions }) =>
          actions.filter(isScaling).map((action) => `${owner} ${action}`),
        )
        .filter((grant) => !SCALING_GRANTS.includes(grant)),
  },
  {
    name: 'notify knows nothing of what scales, but the metrics that it draws',
    problemsIn: (template) =>
      allowed(template, 'NotifyRole')
        .filter(({ actions }) =>
          actions.some(
            (action) =>
              action !== 'cloudwatch:GetMetricData' &&
              /^(autoscaling|cloudwatch|ec2|elasticloadbalancing):/.test(action),
          ),
        )
        .map(describe),
  },
  {
    name: 'functions see only their part of the table',
    problemsIn: (template) =>
      allowed(template)
        .filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')))
        .filter(({ owner, condition, resources }) => {
          const keys = list(at(condition, 'ForAllValues:StringLike', 'dynamodb:LeadingKeys'));
          const own = ownKeys(owner, resources);
          return keys.length === 0 || !keys.every((key) => own.includes(String(key)));
        })
        .map(describe),
  },
  {
    name: 'a secret is read by its name and decrypted for that name only',
    problemsIn: (template) =>
      allowed(template)
        .filter(({ actions }) => actions.some((action) => /^(ssm:|kms:Decrypt)/.test(action)))
        .filter(({ actions, resources, condition }) => {
          if (actions.includes('ssm:GetParameter')) return resources.some(isPattern);
          const isBound = at(condition, 'StringEquals', 'kms:ViaService') !== undefined;
          const names = [
            ...list(at(condition, 'StringEquals', 'kms:EncryptionContext:PARAMETER_ARN')),
            ...list(at(condition, 'StringLike', 'kms:EncryptionContext:SecretARN')),
          ];
          const isOneKey = resources.every((resource) => idIn(resource) === 'Key');
          return !isBound || (!isOneKey && (names.length === 0 || names.some(isPattern)));
        })
        .map(describe),
  },
  {
    name: 'only Lambda takes on the roles, and a pipe and a rule their own, within the guard rails',
    problemsIn: (template) =>
      resourcesOf(template, 'AWS::IAM::Role')
        .filter(([id, { Properties }]) => {
          const owner = OWNERS[id] ?? 'lambda.amazonaws.com';
          const trust = statementsIn('', Properties.AssumeRolePolicyDocument);
          const rails = list(Properties.ManagedPolicyArns).flatMap((policy) =>
            statementsIn('', at(template.Resources[idIn(policy)], 'Properties', 'PolicyDocument')),
          );
          const isOwners = trust.every(({ principal }) => at(principal, 'Service') === owner);
          const never = rails
            .filter(({ effect }) => effect === 'Deny')
            .flatMap(({ actions }) => actions);
          return !isOwners || NEVER.some((action) => !never.includes(action));
        })
        .map(([id]) => `${id} can be taken on by others, or may do what none should`),
  },
];

/** The roles that are not for functions, with the service that takes each on. */
const OWNERS: Readonly<Record<string, string>> = {
  EventsPipeRole: 'pipes.amazonaws.com',
  HubRole: 'events.amazonaws.com',
};

const SCALING_GRANTS = [
  'ScaleRole autoscaling:SetDesiredCapacity',
  'ScaleRole autoscaling:PutWarmPool',
  'HealRole autoscaling:SetInstanceHealth',
  'HealRole autoscaling:EnterStandby',
  'HealRole autoscaling:TerminateInstanceInAutoScalingGroup',
  'HealRole elasticloadbalancing:DeregisterTargets',
  'HealRole elasticloadbalancing:RegisterTargets',
];

/** Secrets Manager puts six characters behind the name of a secret, which nobody knows before. */
const isPattern = (resource: unknown): boolean =>
  /[*?]/.test(String(at(resource, 'Fn::Sub') ?? resource).replace(/-\?{6}$/, ''));
