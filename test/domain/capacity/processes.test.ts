import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** The processes that can be suspended, by AWS's guide; the SDK has no list of them. */
const PROCESSES = [
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'Launch',
  'ReplaceUnhealthy',
  'ScheduledActions',
  'Terminate',
];

test('the page says of every process of Auto Scaling what it holds', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/concepts.md'), 'utf8');
  const section = page.slice(page.indexOf('## Suspended processes') + 1).split('\n## ')[0] ?? '';
  const named = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );

  expect(named).toHaveLength(PROCESSES.length);
  expect(new Set(named)).toEqual(new Set(PROCESSES));
});
