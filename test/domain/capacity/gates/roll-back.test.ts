import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { explainLaunchFailure } from '#domain/capacity/explain-launch-failure.ts';
import { settledHead } from '#domain/capacity/next-scale-head.ts';
import { wantedReads } from '#domain/capacity/wanted-reads.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import type { Activity } from '#domain/observed/obstacle.ts';
import {
  aGroup,
  aGroupState,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  firing,
  minutes,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';

const failed = (message: string, at = NOON): Activity => ({
  at,
  isFailed: true,
  cause: '',
  message,
});
/** Of eight units wanted so many are there, for so many seconds. */
const short = (there: number, ago = 600, suspendedProcesses: readonly string[] = []) => ({
  state: aGroupState({
    capacityDesired: 8,
    instances: someInstances(there),
    suspendedProcesses,
  }),
  head: aScaleHead({ missingSince: NOON - seconds(ago) }),
});

describe('a group whose launches fail', () => {
  test('is taken back to what is there and one unit more, and says why', () => {
    const activities = [
      failed(
        'We currently do not have sufficient m5.large capacity in the Availability Zone you requested (us-east-1a). Launching EC2 instance failed.',
      ),
    ];
    const decision = decideCapacity(anObservation({ ...short(5), activities }));

    expect({ to: decision.to, reason: decision.reason }).toEqual({ to: 6, reason: 'RolledBack' });
    expect(decision.summary).toBe(
      'web 8 → 6: 3 of 8 units have been missing for 10 min: launches fail ' +
        '(EC2 has no capacity of that instance type there; allow more instance types or zones)',
    );
    expect(outcomeOfAction(decision, { kind: 'applied' }).kind).toBe('blocked');
  });

  test('is taken back also while a rule asks for more', () => {
    expect(decideCapacity(firing(CPU_HIGH, short(5))).to).toBe(6);
  });

  test.each([
    { title: 'for less than ten minutes', observed: short(5, 599) },
    { title: 'of which one unit is missing', observed: short(7) },
    { title: 'because nobody lets them launch', observed: short(5, 600, ['Launch']) },
  ])('$title is left as it is', ({ observed }) => {
    expect(decideCapacity(anObservation(observed)).to).toBe(8);
  });

  test('never goes below its minimum', () => {
    const group = aGroup({ capacity: { min: 7, max: 10 } });

    expect(decideCapacity(anObservation({ ...short(3), group })).to).toBe(7);
  });

  test('keeps the correction of its bounds', () => {
    const group = aGroup({ capacity: { min: 1, max: 4 } });
    const { to, reason } = decideCapacity(anObservation({ ...short(5), group }));

    expect({ to, reason }).toEqual({ to: 4, reason: 'AboveMaximum' });
  });

  test('is looked at closely: its activities tell why', () => {
    for (const observation of [anObservation(short(5)), firing(CPU_HIGH, short(7))]) {
      expect(wantedReads(observation, decideCapacity(observation)).activities).toBe(true);
    }
  });

  test('says while it waits why nothing is added', () => {
    const observation = firing(CPU_HIGH, { ...short(7), activities: [failed('The AMI is gone')] });
    const { reason, summary } = decideCapacity(observation);

    expect(reason).toBe('LaunchesFailing');
    expect(summary).toContain('launches fail (the image of the launch template is gone');
  });

  test('remembers what was taken back as a change', () => {
    const decision = decideCapacity(anObservation(short(5)));
    const planned = aScaleHead({ version: 1, inFlight: { decision, claimedAt: NOON } });

    expect(
      settledHead(planned, outcomeOfAction(decision, { kind: 'applied' }), NOON),
    ).toMatchObject({ expected: 6, lastScaleIn: { from: 8, to: 6 } });
    const refused = { kind: 'refused', reason: 'AccessDenied', detail: 'no' } as const;
    expect(settledHead(planned, outcomeOfAction(decision, refused), NOON)).not.toHaveProperty(
      'lastScaleIn',
    );
  });
});

describe('the diagnosis of a launch that fails', () => {
  test.each([
    [
      'We do not have sufficient c5.xlarge capacity in the Availability Zone',
      'EC2 has no capacity of that instance type there; allow more instance types or zones',
    ],
    [
      'Could not launch: InsufficientInstanceCapacity',
      'EC2 has no capacity of that instance type there; allow more instance types or zones',
    ],
    [
      'You have requested more vCPU capacity than your current vCPU limit of 32',
      'the quota of the account is used up; raise the quota for running On-Demand instances in Service Quotas',
    ],
    [
      'MaxSpotInstanceCountExceeded',
      'the quota for Spot Instances is used up; raise it in Service Quotas, or use On-Demand capacity',
    ],
    [
      'Your Spot request price of 0.01 is lower than the minimum',
      'the Spot price is above your maximum price; leave the maximum price out, or use On-Demand capacity',
    ],
    [
      'Your Spot price is too low',
      'the Spot price is above your maximum price; leave the maximum price out, or use On-Demand capacity',
    ],
    [
      "The image id '[ami-0abc]' does not exist",
      'the image of the launch template is gone or not shared; name an image that exists, in a new version of the launch template',
    ],
    [
      'There are not enough free addresses in subnet subnet-1',
      'a subnet has no free addresses; add a subnet to the group, or free addresses',
    ],
    [
      'Client.InternalError: Client error on launch',
      'a volume cannot be decrypted, or a key pair is gone; let the service-linked role of Auto Scaling use the KMS key, or correct the key pair',
    ],
    [
      'The security group sg-1 does not exist',
      'the launch template or a subnet that it needs is wrong; correct what the message of the activity names',
    ],
    [
      'You are not authorized to use launch',
      'a permission is missing; give it to the service-linked role of Auto Scaling or to the instance profile',
    ],
    ['Something new', 'AWS says: Something new'],
  ])('of "%s" is: %s', (message, diagnosis) => {
    expect(explainLaunchFailure([failed(message)])).toBe(diagnosis);
  });

  test('is that of the newest failure', () => {
    const old = failed('The AMI is gone', NOON - minutes(5));
    const done: Activity = { ...failed('fine'), isFailed: false, at: NOON + 1 };

    expect(explainLaunchFailure([old, done, failed('Something new')])).toBe(
      'AWS says: Something new',
    );
  });

  test('is unknown without a failure, or a look', () => {
    expect(explainLaunchFailure([])).toBeUndefined();
    expect(explainLaunchFailure(undefined)).toBeUndefined();
  });

  test('quotes no more than a few lines', () => {
    expect(explainLaunchFailure([failed('x'.repeat(999))])).toBe(`AWS says: ${'x'.repeat(300)}`);
  });
});
