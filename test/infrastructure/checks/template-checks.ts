import { alarmChecks } from './alarm-checks.ts';
import { at, type Check, properties } from './compiled-template.ts';
import { functionChecks } from './function-checks.ts';
import { permissionChecks } from './permission-checks.ts';
import { queueChecks } from './queue-checks.ts';
import { topicChecks } from './topic-checks.ts';

const otherChecks: readonly Check[] = [
  {
    name: 'the table is on demand, forgets by itself and can be restored',
    problemsIn: (template) => {
      const table = properties(template, 'Table');
      return [
        ...(table.BillingMode === 'PAY_PER_REQUEST' ? [] : ['the table is not on demand']),
        ...(at(table.TimeToLiveSpecification, 'AttributeName') === 'expiresAt' &&
        at(table.TimeToLiveSpecification, 'Enabled') === true
          ? []
          : ['the table never forgets']),
        ...(at(table.PointInTimeRecoverySpecification, 'PointInTimeRecoveryEnabled') === true
          ? []
          : ['the table cannot be restored']),
        ...(at(table.SSESpecification, 'SSEEnabled') === true
          ? []
          : ['the table is not encrypted']),
      ];
    },
  },
  {
    name: 'everything that is referred to exists',
    problemsIn: (template) => {
      const known = [...Object.keys(template.Resources), ...PSEUDO];
      return [...new Set(references(template))]
        .filter((id) => !known.includes(id))
        .map((id) => `${id} is referred to, and is not there`);
    },
  },
];

/** Every rule that a deployable template keeps; each tells what does not. */
export const TEMPLATE_CHECKS: readonly Check[] = [
  ...functionChecks,
  ...queueChecks,
  ...topicChecks,
  ...alarmChecks,
  ...permissionChecks,
  ...otherChecks,
];

const PSEUDO = ['Region', 'AccountId', 'Partition', 'URLSuffix', 'StackName'].map(
  (name) => `AWS::${name}`,
);

/** All logical ids and pseudo parameters that a value names. */
const references = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];

  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(at(inner, 0))];
    if (key === 'Fn::Sub' && typeof inner === 'string') {
      return [...inner.matchAll(/\$\{(?!!)([\w:]+)[^}]*\}/g)].map(([, id = '']) => id);
    }
    return key === 'DependsOn' ? [inner].flat().map(String) : references(inner);
  });
};
