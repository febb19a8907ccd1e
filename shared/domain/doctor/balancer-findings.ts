import { describeExactly } from '#domain/time/describe-instant.ts';
import { DAY_SECONDS, type Instant, secondsBetween } from '#domain/time/instant.ts';
import type {
  BalancerDetails,
  CertificateFacts,
  ListenerFacts,
  PortOpening,
  PresentGroup,
} from './checkup.ts';
import { type DoctorFinding, list } from './finding.ts';
import { isOpenOn } from './port-openings.ts';
import { checkedPort } from './why-unhealthy.ts';

type Find = (balancer: BalancerDetails, facts: PresentGroup) => readonly DoctorFinding[];

/** Some subnet of a load balancer for the Internet has no route to an Internet gateway. */
export const unrouted: Find = ({ name, subnets }) => {
  const closed = subnets.filter(({ exit }) => exit !== 'internet').map(({ id }) => id);
  return closed.length === 0
    ? []
    : [
        {
          code: 'balancer-unrouted',
          verdict: 'error',
          message: `${name} is for the Internet, and ${list(closed)} has no route to an Internet gateway: connections of some or all clients time out`,
          fix: 'put the load balancer into public subnets: aws elbv2 set-subnets; or give the subnet a route: aws ec2 create-route --destination-cidr-block 0.0.0.0/0 --gateway-id',
        },
      ];
};

/** Nothing listens, or nobody is let in to what listens. */
export const deaf: Find = ({ name, listeners, securityGroups, entrances }) => {
  if (listeners.length === 0)
    return [
      {
        code: 'listener-missing',
        verdict: 'error',
        message: `${name} has no listener: clients are refused`,
        fix: 'aws elbv2 create-listener',
      },
    ];
  if (securityGroups.length === 0) return [];
  const closed = listeners.filter((listener) => !lets(entrances, listener.port, listener.protocol));
  return closed.length === 0
    ? []
    : [
        {
          code: 'listener-closed',
          verdict: 'error',
          message: `no security group of ${name} lets anybody in on ${list(closed.map(portOf))}: connections of clients time out`,
          fix: `allow it to ${list(securityGroups)}: aws ec2 authorize-security-group-ingress`,
        },
      ];
};

const portOf = ({ protocol, port }: ListenerFacts): string => `${protocol} ${port}`;

const lets = (openings: readonly PortOpening[], port: number, protocol: string): boolean => {
  const transports = TRANSPORTS[protocol] ?? ['tcp'];
  return openings.some(
    (opening) =>
      isOpenOn(opening, port, transports) && (opening.hasRanges || opening.groups.length > 0),
  );
};

const TRANSPORTS: Readonly<Record<string, readonly string[]>> = {
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

/** The load balancer may not open connections to instances. */
export const mute: Find = ({ name, exits, securityGroups }, { targetGroups, instances }) => {
  const groups = instances.flatMap((instance) => instance.securityGroups);
  const closed = targetGroups
    .filter(({ configuredBalancer }) => configuredBalancer === name)
    .flatMap(({ found }) => (found === undefined ? [] : [checkedPort(found)]))
    .filter(
      (port) =>
        !exits.some(
          (exit) =>
            isOpenOn(exit, port) &&
            (exit.hasRanges || exit.groups.some((id) => groups.includes(id))),
        ),
    );
  return closed.length === 0 || groups.length === 0
    ? []
    : [
        {
          code: 'balancer-exit-closed',
          verdict: 'error',
          message: `no security group of ${name} lets it out to instances on port ${list([...new Set(closed)].map(String))}: health checks time out, clients get 504`,
          fix: `allow it to ${list(securityGroups)}: aws ec2 authorize-security-group-egress`,
        },
      ];
};

/** Without access logs nobody can tell which target answered with what. */
export const unlogged: Find = ({ name, hasAccessLogs }) =>
  hasAccessLogs
    ? []
    : [
        {
          code: 'access-logs-off',
          verdict: 'warning',
          message: `${name} writes no access logs: after a 502 or 504 nobody can tell which target it was`,
          fix: 'aws elbv2 modify-load-balancer-attributes --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET',
        },
      ];

/** HTTP is served as it is, although the same load balancer speaks HTTPS. */
export const unencrypted: Find = ({ name, listeners }) => {
  const plain = listeners.filter(
    ({ protocol, isRedirecting }) => protocol === 'HTTP' && !isRedirecting,
  );
  return plain.length === 0 || listeners.every(({ protocol }) => protocol !== 'HTTPS')
    ? []
    : [
        {
          code: 'http-not-redirected',
          verdict: 'warning',
          message: `${name} speaks HTTPS, and answers on ${list(plain.map(portOf))} without a redirect: passwords and cookies may travel in the clear`,
          fix: 'let the default action of the HTTP listener redirect: aws elbv2 modify-listener --default-actions Type=redirect,…',
        },
      ];
};

/** ACM renews what it can from 60 days before the end; a month before it, something hinders it. */
const SOON_DAYS = 30;
const URGENT_DAYS = 7;

/** Certificates that have expired, or will within a month. */
export const expiring = ({ certificates, at }: PresentGroup): readonly DoctorFinding[] =>
  certificates.flatMap((certificate) => {
    const { expiresAt, isRenewed, arn } = certificate;
    if (expiresAt === undefined) return [];
    const days = Math.floor(secondsBetween(at, expiresAt) / DAY_SECONDS);
    if (days > SOON_DAYS) return [];
    return [
      {
        code: 'certificate-expiring',
        verdict: days <= URGENT_DAYS ? 'error' : 'warning',
        message: `${ageOf(certificate, days, expiresAt)}${isRenewed ? '' : ', and ACM does not renew it by itself'}`,
        fix: isRenewed
          ? `look why ACM has not renewed it: aws acm describe-certificate --certificate-arn ${arn}`
          : 'import a new one under the same ARN: aws acm import-certificate; or request one that ACM renews: aws acm request-certificate --validation-method DNS',
      } as const,
    ];
  });

const ageOf = ({ domain }: CertificateFacts, days: number, expiresAt: Instant): string => {
  const date = describeExactly(expiresAt).slice(0, 10);
  return days < 0
    ? `the certificate of ${domain} expired on ${date}: clients refuse the connection`
    : `the certificate of ${domain} expires on ${date}, in ${days} ${days === 1 ? 'day' : 'days'}`;
};
