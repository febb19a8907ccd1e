import { anInstance, aTarget } from '#test/support/builders.ts';
import {
  aCheckup,
  soundGroup,
  withoutTargetGroup,
  withTargetGroup,
} from '#test/support/checkup.ts';
import { failingWith, withHealth, withState } from '#test/support/checkup-changes.ts';
import type { Mistake } from './group-mistakes.ts';

const { graceSeconds: _grace, ...graceless } = soundGroup.state!;

/** Mistakes in targets, their target groups and their load balancers. */
export const TARGET_MISTAKES: readonly Mistake[] = [
  {
    code: 'target-group-missing',
    checkup: aCheckup({}, withoutTargetGroup()),
    says: 'AWS knows no targetgroup/web/73e2d6bc24d8a067 in this Region',
  },
  {
    code: 'target-group-untagged',
    checkup: aCheckup({}, withTargetGroup({}, { isManaged: false })),
    says: 'targetgroup/web/73e2d6bc24d8a067 lacks the tag tidegate:managed=true: AWS refuses to deregister its targets',
  },
  {
    code: 'target-group-tagged-true',
    verdict: 'warning',
    checkup: aCheckup(
      {},
      withTargetGroup({}, { optIn: { wanted: 'tidegate-dev', found: 'true' } }),
    ),
    says: 'targetgroup/web/73e2d6bc24d8a067 has the tag tidegate:managed=true, which hands it to every deployment of the account and is understood up to version 0.1 only',
  },
  {
    code: 'target-group-detached',
    checkup: withState({ targetGroupArns: [] }),
    says: 'targetgroup/web/73e2d6bc24d8a067 is not attached to web-prod: new instances are not registered with it',
  },
  {
    code: 'target-group-idle',
    checkup: aCheckup({}, withTargetGroup({}, { balancers: [] })),
    says: 'no listener sends traffic to targetgroup/web/73e2d6bc24d8a067, so its targets are not even checked (unused); clients get 503',
  },
  {
    code: 'other-balancer',
    checkup: aCheckup({}, withTargetGroup({}, { balancers: ['app/new/1'] })),
    says: 'targetgroup/web/73e2d6bc24d8a067 belongs to app/new/1, not to app/web/50dc6c495c0c9188: the alarm on its health never has data',
  },
  {
    code: 'zone-disabled',
    checkup: withState({
      instances: [
        anInstance({ id: 'i-1' }),
        anInstance({ id: 'i-2', availabilityZone: 'us-east-1c' }),
      ],
    }),
    says: 'i-2 of targetgroup/web/73e2d6bc24d8a067 is in a zone that the load balancer does not serve (us-east-1a, us-east-1b), and gets no traffic',
  },
  {
    code: 'port-closed',
    checkup: aCheckup({}, withTargetGroup({ openings: { 'sg-web': [] } })),
    says: 'no security group of i-1, i-2 lets the load balancer in on port 8080: health checks time out (Target.Timeout), clients get 504',
  },
  {
    code: 'checked-before-boot',
    checkup: aCheckup({}, { state: { ...graceless, healthCheckType: 'ELB' } }),
    says: 'the grace period of 0 s is over before an instance can pass 5 checks 30 s apart: it is replaced while it boots, again and again',
  },
  {
    code: 'targets-failing',
    checkup: aCheckup({}, failingWith('Target.Timeout')),
    says: 'i-1 of targetgroup/web/73e2d6bc24d8a067 fails (Target.Timeout): GET /health on port 8080 gives no answer within 5 s',
  },
  {
    code: 'targets-failing',
    checkup: aCheckup({}, failingWith('Target.ResponseCodeMismatch')),
    says: 'i-1 of targetgroup/web/73e2d6bc24d8a067 fails (Target.ResponseCodeMismatch): GET /health on port 8080 does not answer with 200-299',
  },
  {
    code: 'targets-failing',
    checkup: aCheckup({}, failingWith('Target.FailedHealthChecks')),
    says: 'i-1 of targetgroup/web/73e2d6bc24d8a067 fails (Target.FailedHealthChecks): GET /health on port 8080 refuses the connection, or breaks it off',
  },
  {
    code: 'targets-failing',
    checkup: aCheckup({}, failingWith('Elb.InternalError')),
    says: "i-1 of targetgroup/web/73e2d6bc24d8a067 fails (Elb.InternalError): GET /health on port 8080; the reason is the load balancer's, or new",
  },
  {
    code: 'targets-failing',
    checkup: aCheckup(
      {},
      withTargetGroup({
        targets: [
          aTarget({ id: 'i-1', state: 'unhealthy.draining', reason: 'Target.Timeout' }),
          aTarget({ id: 'i-2', state: 'unhealthy.suspended', reason: 'Target.Timeout' }),
          aTarget({ id: 'i-3' }),
        ],
      }),
    ),
    says: 'i-1, i-2 of targetgroup/web/73e2d6bc24d8a067 fail (Target.Timeout): GET /health on port 8080 gives no answer within 5 s',
  },
  {
    code: 'no-healthy-target',
    checkup: aCheckup({}, withTargetGroup({ targets: [] })),
    says: 'targetgroup/web/73e2d6bc24d8a067 has no healthy target among 0: clients get 503',
  },
  {
    code: 'no-healthy-target',
    checkup: aCheckup({}, withTargetGroup({ targets: [aTarget({ id: 'i-1', state: 'initial' })] })),
    says: 'targetgroup/web/73e2d6bc24d8a067 has no healthy target among 1: clients get 502 or 504',
  },
  {
    code: 'checked-before-boot',
    checkup: withState({ healthCheckType: 'ELB', graceSeconds: 150 }),
    says: 'the grace period of 150 s is over before an instance can pass 5 checks 30 s apart: it is replaced while it boots, again and again',
  },
  {
    code: 'replaced-twice',
    verdict: 'warning',
    checkup: withHealth('replace', { state: { ...soundGroup.state!, healthCheckType: 'ELB' } }),
    says: 'the group has ELB health checks and replaces by itself, and health.action is replace',
  },
  {
    code: 'unread',
    verdict: 'warning',
    checkup: aCheckup({}, { unread: [{ what: 'its instances', why: 'AccessDenied: not you' }] }),
    says: 'its instances could not be looked at: AccessDenied: not you',
  },
];
