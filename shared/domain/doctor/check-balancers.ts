import { deaf, expiring, mute, unencrypted, unlogged, unrouted } from './balancer-findings.ts';
import type { BalancerDetails, PresentGroup } from './checkup.ts';
import { type Check, type DoctorFinding, needless, type Obstruction, unseen } from './finding.ts';

type About = (balancer: BalancerDetails) => boolean;

/** There is nothing to say of load balancers that AWS did not show, or that a check is not about. */
const obstructed =
  (isAbout: About = () => true, why = ''): ((facts: PresentGroup) => Obstruction | undefined) =>
  ({ balancers }) => {
    if (balancers.length === 0) return unseen('none of its load balancers is known');
    return balancers.some(isAbout) ? undefined : needless(why);
  };

/** A check of every load balancer that is there, and that it is about. */
const each =
  (
    find: (balancer: BalancerDetails, facts: PresentGroup) => readonly DoctorFinding[],
    isAbout: About = () => true,
  ) =>
  (facts: PresentGroup): readonly DoctorFinding[] =>
    facts.balancers.filter(isAbout).flatMap((balancer) => find(balancer, facts));

const isInternetFacing: About = ({ isInternetFacing: facing }) => facing;
const hasSecurityGroups: About = ({ securityGroups }) => securityGroups.length > 0;
const isApplication: About = ({ name }) => name.startsWith('app/');
const isEncrypted: About = ({ listeners }) =>
  listeners.some(({ certificates }) => certificates.length > 0);

/** Checks that clients reach the load balancers, and that these reach instances. */
export const BALANCER_CHECKS: readonly Check<PresentGroup>[] = [
  {
    sound: 'the Internet has a route to its load balancers',
    needs: ['its load balancers', 'its subnets'],
    unless: obstructed(isInternetFacing, 'its load balancers are internal'),
    find: each(unrouted, isInternetFacing),
  },
  {
    sound: 'its load balancers listen, and let clients in',
    needs: ['its load balancers'],
    unless: obstructed(),
    find: each(deaf),
  },
  {
    sound: 'its load balancers may speak to instances',
    needs: ['its load balancers', 'its target groups', 'its instances'],
    unless: obstructed(hasSecurityGroups, 'its load balancers have no security group'),
    find: each(mute, hasSecurityGroups),
  },
  {
    sound: 'no certificate expires soon',
    needs: ['its load balancers', 'its certificates'],
    unless: (facts) =>
      obstructed(isEncrypted, 'no listener has a certificate')(facts) ??
      (facts.certificates.length === 0 ? unseen('no certificate is one of ACM') : undefined),
    find: expiring,
  },
  {
    sound: 'HTTP is redirected where there is HTTPS',
    needs: ['its load balancers'],
    unless: obstructed(isApplication, 'its load balancers speak no HTTP'),
    find: each(unencrypted, isApplication),
  },
  {
    sound: 'its load balancers write access logs',
    needs: ['its load balancers'],
    unless: obstructed(isApplication, 'its load balancers write logs of TLS only'),
    find: each(unlogged, isApplication),
  },
];
