import { tellUntold } from '#app/lane/tell-untold.ts';
import { asError } from '#domain/basics/as-error.ts';
import { keyOf, keyOfRegistration } from '#domain/health/health-observation.ts';
import {
  headAfterReturn,
  isEmpty,
  isTimeToReturn,
  leftBehind,
  outcomeOfReturn,
  type ReturnAttempt,
} from '#domain/health/left-behind.ts';
import { isStandingBy } from '#domain/health/quarantine.ts';
import { isCounted } from '#domain/health/sightings.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { damaged } from '#domain/lane/unreadable-group.ts';
import type { Registration } from '#domain/ledger/decision.ts';
import { type HealHead, newHealHead, type Quarantined } from '#domain/ledger/head.ts';
import { recall } from '#domain/ledger/memory.ts';
import { inForce } from '#domain/ledger/override.ts';
import { withMoreUntold } from '#domain/ledger/untold.ts';
import type { HealPorts } from './ports.ts';

/**
 * Puts back what a group has left behind that has no `health` any more, or is not in the configuration: its
 * targets would be out for ever, for nobody looks after them. What AWS refuses, people are asked to do.
 */
export const returnLeftBehind = async (ports: HealPorts, group: string): Promise<Disposition> => {
  try {
    return await returnOrThrow(ports, group);
  } catch (thrown) {
    const error = asError(thrown);
    ports.note({ kind: 'evaluation-failed', group, error });
    return { kind: 'retry', error };
  }
};

const returnOrThrow = async (ports: HealPorts, group: string): Promise<Disposition> => {
  const memories = await ports.ledger.read([group]);
  const memory = memories.get(group);
  if (memory?.damage !== undefined) throw damaged({ name: group }, memory.damage).error;
  const at = ports.now();
  const { head, override, isClockRepaired } = recall(newHealHead, memory, at);
  if (isClockRepaired) {
    // Times that a wrong clock wrote ahead age only once they are stored as of now; the next look goes on.
    await ports.ledger.write(group, { ...head, version: head.version + 1 });
    return done;
  }
  const left = leftBehind(head);
  if (isEmpty(left) && head.untold.length === 0) {
    ports.note({ kind: 'ignored', subject: group, detail: 'no such group is configured' });
  }
  const isPaused = inForce(override, at)?.kind === 'pause';
  if (isEmpty(left) || isPaused || !isTimeToReturn(head, at)) return tellRest(ports, group, head);

  const attempts = await Promise.all(left.registrations.map((each) => putBack(ports, each)));
  const aside = await stillAside(ports, left.quarantined);
  const came: ReturnAttempt = {
    back: attempts.flatMap(({ registration, detail }) => (detail ? [] : [registration])),
    stuck: attempts.flatMap(({ registration, detail }) =>
      detail ? [{ registration, detail }] : [],
    ),
    ...(aside === undefined ? {} : { aside }),
  };
  const outcome = outcomeOfReturn({ group, head, at }, came);
  const next = withMoreUntold(headAfterReturn(head, came, at), [outcome]);
  // A lost write means that somebody else put the same targets back: nobody is told twice.
  if (!(await ports.ledger.write(group, next))) return done;
  return tellRest(ports, group, next);
};

type Attempt = Readonly<{ registration: Registration; detail?: string }>;

/** Registers a target again, unless a person did, or it or its target group is gone. */
const putBack = async (ports: HealPorts, registration: Registration): Promise<Attempt> => {
  if (await isBack(ports, registration)) return { registration };

  try {
    const answer = await ports.register(registration);
    const isOver =
      answer.kind === 'applied' ||
      answer.reason === 'TargetGone' ||
      answer.reason === 'GroupNotFound';
    return isOver ? { registration } : { registration, detail: answer.detail };
  } catch (thrown) {
    const { name, message } = asError(thrown);
    return { registration, detail: `${name}: ${message}` };
  }
};

const isBack = async ({ readTargets }: HealPorts, registration: Registration): Promise<boolean> => {
  const { targetGroupArn } = registration;
  try {
    const targets =
      (await readTargets(targetGroupArn.slice(targetGroupArn.indexOf('targetgroup/')))) ?? [];
    const key = keyOfRegistration(registration);
    return targets.some((target) => keyOf(target) === key && isCounted(target));
  } catch {
    // A target group that is gone, or cannot be read: registering tells.
    return false;
  }
};

const stillAside = async (
  { readGroups }: HealPorts,
  quarantined: Quarantined | undefined,
): Promise<Quarantined | undefined> => {
  const { autoScalingGroup, instanceId } = quarantined ?? {};
  if (autoScalingGroup === undefined) return quarantined;

  const state = (await readGroups([autoScalingGroup])).get(autoScalingGroup);
  const member = state?.instances.find(({ id }) => id === instanceId);
  return member !== undefined && isStandingBy(member) ? quarantined : undefined;
};

const tellRest = async (
  ports: HealPorts,
  group: string,
  stored: HealHead,
): Promise<Disposition> => {
  await tellUntold(ports, group, stored);
  return done;
};
