import { describe, expect, test } from '@jest/globals';
import type { Checkup } from '#domain/doctor/checkup.ts';
import { runChecks } from '#domain/doctor/run-checks.ts';
import {
  aCheckup,
  soundBalancer,
  soundCertificate,
  soundGroup,
  withTargetGroup,
} from '#test/support/checkup.ts';
import { withBalancer } from './way-mistakes.ts';

const { expiresAt: _never, ...unissued } = soundCertificate;
const NETWORK = {
  ...soundBalancer,
  name: 'net/web/1',
  securityGroups: [],
  entrances: [],
  exits: [],
};
const [plain, encrypted] = soundBalancer.listeners;

/** A way that is sound, and the checks of it that say nothing, with the reason why. */
type Case = Readonly<{ what: string; checkup: Checkup; silent?: readonly string[] }>;

const CASES: readonly Case[] = [
  {
    what: 'subnets that send all they have to endpoints',
    checkup: aCheckup(
      {},
      { subnets: soundGroup.subnets.map((each) => ({ ...each, exit: 'endpoints' })) },
    ),
  },
  {
    what: 'subnets with exactly as many addresses as are wanted',
    checkup: aCheckup(
      {},
      { subnets: soundGroup.subnets.map((each) => ({ ...each, freeAddresses: 4 })) },
    ),
  },
  {
    what: 'a group without subnets of its own',
    checkup: aCheckup({}, { subnets: [] }),
    silent: ['none of its subnets is known'],
  },
  {
    what: 'a group without instances',
    checkup: aCheckup({}, { instances: [] }),
    silent: ['the group has no instance'],
  },
  {
    what: 'an internal load balancer in private subnets',
    checkup: withBalancer({ isInternetFacing: false, subnets: soundGroup.subnets }),
    silent: ['its load balancers are internal'],
  },
  {
    what: 'a Network Load Balancer without security groups and logs',
    checkup: aCheckup({}, { balancers: [{ ...NETWORK, hasAccessLogs: false }] }),
    silent: [
      'its load balancers have no security group',
      'its load balancers speak no HTTP',
      'its load balancers write logs of TLS only',
    ],
  },
  {
    what: 'a listener of both transports that is open to one security group by UDP',
    checkup: withBalancer({
      listeners: [...soundBalancer.listeners, { ...plain!, protocol: 'TCP_UDP', port: 53 }],
      entrances: [
        ...soundBalancer.entrances,
        {
          protocol: 'udp',
          from: 53,
          to: 53,
          groups: ['sg-clients'],
          hasRanges: false,
          isForAll: false,
        },
      ],
    }),
  },
  {
    what: 'a load balancer that may speak to every address',
    checkup: withBalancer({
      exits: [{ protocol: '-1', from: 0, to: 65_535, groups: [], hasRanges: true, isForAll: true }],
    }),
  },
  {
    what: 'HTTP where there is no HTTPS',
    checkup: withBalancer({ listeners: [{ ...plain!, isRedirecting: false }] }),
    silent: ['no listener has a certificate'],
  },
  {
    what: 'HTTPS alone',
    checkup: withBalancer({ listeners: [encrypted!] }),
  },
  {
    what: 'a certificate of IAM',
    checkup: aCheckup({}, { certificates: [] }),
    silent: ['no certificate is one of ACM'],
  },
  {
    what: 'a certificate that was never issued',
    checkup: aCheckup({}, { certificates: [unissued] }),
  },
  {
    what: 'a load balancer that AWS does not show',
    checkup: aCheckup({}, { balancers: [] }),
    silent: ['none of its load balancers is known'],
  },
  {
    what: 'a target group that is not there, as far as its load balancer goes',
    checkup: withBalancer({ name: 'app/other/1', exits: [] }),
  },
  {
    what: 'every address on another port than that of the application',
    checkup: aCheckup(
      {},
      withTargetGroup({
        openings: {
          'sg-web': [
            ...soundGroup.targetGroups[0]!.openings['sg-web']!,
            { protocol: 'tcp', from: 22, to: 22, groups: [], hasRanges: true, isForAll: true },
          ],
        },
      }),
    ),
  },
];

describe('on the way of a request', () => {
  test.each(CASES)('$what is no mistake', ({ checkup, silent = [] }) => {
    const [, group] = runChecks(checkup);

    expect(group?.findings).toEqual([]);
    expect(group?.notLookedAt.map(({ why }) => why)).toEqual(expect.arrayContaining([...silent]));
  });

  test('nothing is said of the exits of a load balancer while no instance is known', () => {
    const facts = { instances: [], balancers: [{ ...soundBalancer, exits: [] }] };
    const [, group] = runChecks(aCheckup({}, facts));

    expect(group?.findings).toEqual([]);
  });

  test('a target group that does not exist says nothing of exits', () => {
    const { found: _gone, ...rest } = soundGroup.targetGroups[0]!;
    const facts = { targetGroups: [rest], balancers: [{ ...soundBalancer, exits: [] }] };
    const [, group] = runChecks(aCheckup({}, facts));

    expect(group?.findings.map(({ code }) => code)).toEqual(['target-group-missing']);
  });
});
