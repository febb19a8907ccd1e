import { at, type CompiledTemplate, list, resourcesOf, texts } from './compiled-template.ts';

export type Statement = Readonly<{
  /** The role or policy that it stands in. */
  owner: string;
  effect: string;
  actions: readonly string[];
  resources: readonly unknown[];
  condition: unknown;
  principal: unknown;
}>;

/** The statements of every role's own policies. */
export const roleStatements = (template: CompiledTemplate): readonly Statement[] =>
  resourcesOf(template, 'AWS::IAM::Role').flatMap(([owner, { Properties }]) =>
    list(Properties.Policies).flatMap((policy) =>
      statementsIn(owner, at(policy, 'PolicyDocument')),
    ),
  );

/** The statements of the policies on queues, topics and keys. */
export const resourceStatements = (template: CompiledTemplate): readonly Statement[] =>
  POLICIES.flatMap(([type, property]) =>
    resourcesOf(template, type).flatMap(([owner, { Properties }]) =>
      statementsIn(owner, Properties[property]),
    ),
  );

export const statementsIn = (owner: string, document: unknown): readonly Statement[] =>
  list(at(document, 'Statement')).map((statement) => ({
    owner,
    effect: String(at(statement, 'Effect')),
    actions: texts(at(statement, 'Action')),
    resources: list(at(statement, 'Resource')),
    condition: at(statement, 'Condition'),
    principal: at(statement, 'Principal'),
  }));

const POLICIES = [
  ['AWS::SQS::QueuePolicy', 'PolicyDocument'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
  ['AWS::KMS::Key', 'KeyPolicy'],
] as const;

/** All that a role's own policies allow, sorted. */
export const permissionsOf = (template: CompiledTemplate, role: string): readonly string[] => {
  const allowed = roleStatements(template).filter(
    ({ owner, effect }) => owner === role && effect === 'Allow',
  );
  return [...new Set(allowed.flatMap(({ actions }) => actions))].sort();
};
