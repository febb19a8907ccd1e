import { describe, expect, test } from '@jest/globals';
import { TROUBLES } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { commandOf, REMEDIES, type Remedy, remedyOf } from '#domain/ledger/remedies.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const WHERE = { service: 'tidegate', stage: 'prod', region: 'eu-west-1', account: '123456789012' };
const WEB = { group: 'web', autoScalingGroup: 'web-prod' };

const fieldsOf = (outcome: Parameters<typeof anOutcome>[0], where = {}) =>
  Object.fromEntries(
    describeNews(anOutcome(outcome), where).fields.map(({ name, value }) => [name, value]),
  );

describe('what a person does', () => {
  test('stands in the message, with a command for this group of this deployment', () => {
    expect(fieldsOf({ kind: 'blocked', reason: 'NotManaged' }, WHERE)).toMatchObject({
      Where: 'tidegate, stage prod, eu-west-1, account 123456789012',
      'What to do':
        'If Tidegate should manage the group, tag it (target groups likewise: aws elbv2 add-tags). Otherwise take it out of tidegate.yml, and deploy.',
      'What helps':
        'aws autoscaling create-or-update-tags --tags ResourceType=auto-scaling-group,ResourceId=web-prod,Key=tidegate:managed,Value=tidegate-prod,PropagateAtLaunch=false --region eu-west-1',
    });
    expect(fieldsOf({ kind: 'at-max', reason: 'Capped' }, WHERE)['What helps']).toBe(
      'npx tidegate resume web --service tidegate --stage prod --region eu-west-1',
    );
  });

  test('may take no command', () => {
    const fields = fieldsOf({ kind: 'held', reason: 'GroupBeingDeleted' }, WHERE);
    expect(fields['What to do']).toBe('Take the group out of tidegate.yml, and deploy.');
    expect(fields['What helps']).toBeUndefined();
  });

  test('is nothing where all goes its way', () => {
    expect(remedyOf('ScaledOut')).toBeUndefined();
    expect(fieldsOf({})['What to do']).toBeUndefined();
  });

  test.each(['MY GROUP $& `id`', 'AUTO-SCALING-GROUP'])(
    'names a group that is called %j, and nothing else in its name is replaced',
    (name) => {
      const remedy = { step: '', command: 'aws autoscaling resume AUTO-SCALING-GROUP of GROUP' };
      const quoted = name.includes(' ') ? `'${name}'` : name;
      expect(commandOf(remedy, { ...WEB, autoScalingGroup: name }, {})).toBe(
        `aws autoscaling resume ${quoted} of web`,
      );
    },
  );

  const all = Object.entries<Remedy>(REMEDIES).map(([reason, remedy]) => ({ reason, remedy }));

  test.each(all)('about $reason fits into every channel', ({ reason, remedy }) => {
    expect(remedy.step.length).toBeLessThan(400);
    for (const kind of TROUBLES) {
      const outcome = {
        kind,
        reason: reason as Reason,
        bounds: { min: 1, max: 2 },
        wishes: [],
        rule: 'a',
        instanceType: 'm7g.large',
      };
      const { fields } = describeNews(anOutcome(outcome), { ...WHERE, table: 'ledger' });
      expect(fields.length).toBeLessThanOrEqual(10);
      expect(fields.every(({ value }) => value.length <= 400)).toBe(true);
    }
  });
});
