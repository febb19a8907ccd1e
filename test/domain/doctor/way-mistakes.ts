import type {
  BalancerDetails,
  CertificateFacts,
  Checkup,
  PortOpening,
  SubnetFacts,
} from '#domain/doctor/checkup.ts';
import {
  aCheckup,
  BALANCER,
  soundBalancer,
  soundCertificate,
  soundGroup,
  withTargetGroup,
} from '#test/support/checkup.ts';
import type { Mistake } from './group-mistakes.ts';

export const withBalancer = (change: Partial<BalancerDetails>): Checkup =>
  aCheckup({}, { balancers: [{ ...soundBalancer, ...change }] });

const [subnet, ...others] = soundGroup.subnets;
const withSubnet = (change: Partial<SubnetFacts>): Checkup =>
  aCheckup({}, { subnets: [{ ...subnet!, ...change }, ...others] });

const withCertificate = (change: Partial<CertificateFacts>): Checkup =>
  aCheckup({}, { certificates: [{ ...soundCertificate, ...change }] });

const [plain, encrypted] = soundBalancer.listeners;
const forAll: PortOpening = {
  protocol: 'tcp',
  from: 0,
  to: 65_535,
  groups: ['sg-lb'],
  hasRanges: true,
  isForAll: true,
};

/** Mistakes on the way of a request, from the Internet to an instance and out of it. */
export const WAY_MISTAKES: readonly Mistake[] = [
  {
    code: 'metadata-open',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      {
        instances: soundGroup.instances.map((each) => ({
          ...each,
          isMetadataOpen: each.id === 'i-2',
        })),
      },
    ),
    says: 'i-2 still answers IMDSv1: an application that is tricked into a request gives the credentials of its role away',
  },
  {
    code: 'metadata-open',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      { instances: soundGroup.instances.map((each) => ({ ...each, isMetadataOpen: true })) },
    ),
    says: 'i-1, i-2 still answer IMDSv1: an application that is tricked into a request gives the credentials of its role away',
  },
  {
    code: 'subnet-unrouted',
    checkup: withSubnet({ exit: 'blackhole' }),
    says: 'the default route of subnet-a leads to a gateway that is gone: instances boot without packages and never serve',
  },
  {
    code: 'subnet-unrouted',
    verdict: 'warning',
    checkup: withSubnet({ exit: 'none' }),
    says: 'subnet-a has no route out, not even to an endpoint: what instances fetch when they boot must be in the image',
  },
  {
    code: 'subnet-full',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      {
        subnets: [
          { ...subnet!, freeAddresses: 4 },
          { ...others[0]!, freeAddresses: 3 },
        ],
      },
    ),
    says: 'subnet-a, subnet-b has 7 free addresses, and 8 more instances may be launched',
  },
  {
    code: 'single-zone',
    verdict: 'warning',
    checkup: aCheckup({}, { subnets: [subnet!] }),
    says: 'web-prod launches in us-east-1a only: when that zone fails, nothing is left',
  },
  {
    code: 'sticky-sessions',
    verdict: 'warning',
    checkup: aCheckup({}, withTargetGroup({}, { isSticky: true })),
    says: 'targetgroup/web/73e2d6bc24d8a067 binds clients to targets: new instances get new clients only, and a target that leaves takes its sessions along',
  },
  {
    code: 'no-draining',
    checkup: aCheckup({}, withTargetGroup({}, { drainSeconds: 0 })),
    says: 'the deregistration delay of targetgroup/web/73e2d6bc24d8a067 is 0 s: each removal cuts requests that are under way, clients get 502 or 504',
  },
  {
    code: 'open-to-all',
    verdict: 'warning',
    checkup: aCheckup({}, withTargetGroup({ openings: { 'sg-web': [forAll] } })),
    says: 'sg-web lets every address in on port 8080: whoever reaches an instance goes past the load balancer',
  },
  {
    code: 'balancer-unrouted',
    checkup: withBalancer({ subnets: [{ ...subnet!, exit: 'other' }, soundBalancer.subnets[1]!] }),
    says: `${BALANCER} is for the Internet, and subnet-a has no route to an Internet gateway: connections of some or all clients time out`,
  },
  {
    code: 'listener-missing',
    checkup: withBalancer({ listeners: [] }),
    says: `${BALANCER} has no listener: clients are refused`,
  },
  {
    code: 'listener-closed',
    checkup: withBalancer({ entrances: soundBalancer.entrances.slice(0, 1) }),
    says: `no security group of ${BALANCER} lets anybody in on HTTPS 443: connections of clients time out`,
  },
  {
    code: 'listener-closed',
    checkup: withBalancer({
      listeners: [...soundBalancer.listeners, { ...plain!, protocol: 'UDP', port: 443 }],
    }),
    says: `no security group of ${BALANCER} lets anybody in on UDP 443: connections of clients time out`,
  },
  {
    code: 'balancer-exit-closed',
    checkup: withBalancer({ exits: [] }),
    says: `no security group of ${BALANCER} lets it out to instances on port 8080: health checks time out, clients get 504`,
  },
  {
    code: 'balancer-exit-closed',
    checkup: withBalancer({ exits: [{ ...soundBalancer.exits[0]!, groups: ['sg-other'] }] }),
    says: `no security group of ${BALANCER} lets it out to instances on port 8080: health checks time out, clients get 504`,
  },
  {
    code: 'certificate-expiring',
    verdict: 'warning',
    checkup: withCertificate({ expiresAt: Date.parse('2026-12-29T11:59:59Z') }),
    says: 'the certificate of example.com expires on 2026-12-29, in 30 days',
  },
  {
    code: 'certificate-expiring',
    verdict: 'warning',
    checkup: withCertificate({ expiresAt: Date.parse('2026-12-06T12:00:00Z'), isRenewed: false }),
    says: 'the certificate of example.com expires on 2026-12-06, in 8 days, and ACM does not renew it by itself',
  },
  {
    code: 'certificate-expiring',
    checkup: withCertificate({ expiresAt: Date.parse('2026-12-06T11:59:59Z') }),
    says: 'the certificate of example.com expires on 2026-12-06, in 7 days',
  },
  {
    code: 'certificate-expiring',
    checkup: withCertificate({ expiresAt: Date.parse('2026-11-29T12:00:00Z') }),
    says: 'the certificate of example.com expires on 2026-11-29, in 1 day',
  },
  {
    code: 'certificate-expiring',
    checkup: withCertificate({ expiresAt: Date.parse('2026-11-28T11:59:59Z') }),
    says: 'the certificate of example.com expired on 2026-11-28: clients refuse the connection',
  },
  {
    code: 'http-not-redirected',
    verdict: 'warning',
    checkup: withBalancer({ listeners: [{ ...plain!, isRedirecting: false }, encrypted!] }),
    says: `${BALANCER} speaks HTTPS, and answers on HTTP 80 without a redirect: passwords and cookies may travel in the clear`,
  },
  {
    code: 'access-logs-off',
    verdict: 'warning',
    checkup: withBalancer({ hasAccessLogs: false }),
    says: `${BALANCER} writes no access logs: after a 502 or 504 nobody can tell which target it was`,
  },
];
