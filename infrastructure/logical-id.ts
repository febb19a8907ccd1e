import { createHash } from 'node:crypto';

/**
 * A logical id for something that operators named. CloudFormation takes only letters and digits, so
 * `a-1` and `a1` would meet without the digest.
 */
export const logicalId = (kind: string, ...names: readonly string[]): string => {
  const digest = createHash('sha256').update(names.join('/')).digest('hex').slice(0, 8);

  return `${kind}${names.map(pascal).join('')}${digest}`;
};

const pascal = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
