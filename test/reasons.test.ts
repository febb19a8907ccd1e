import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Answer } from '#domain/ledger/outcome.ts';
import { outcomeOfAction, outcomeOfHold } from '#domain/ledger/outcome-of.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { REMEDIES, type Remedy, remedyOf } from '#domain/ledger/remedies.ts';
import { aCapacityDecision } from './support/builders.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const named = [...read('shared/domain/ledger/reason.ts').matchAll(/\| '(\w+)'/g)].map(
  ([, name]) => name,
);
const documented = [...read('docs/reasons.md').matchAll(/^\| `(\w+)` \| (?:([a-z-]+) \|)?/gm)].map(
  ([, reason, kind]) => ({ reason, kind }),
);

const isOf = (kinds: readonly string[]) =>
  documented.filter(({ kind }) => kind !== undefined && kinds.includes(kind));

/** The last column of the tables that say what to do, by reason. */
const steps = new Map(
  [...read('docs/reasons.md').matchAll(/^\| `(\w+)` \| [a-z-]+ \| [^|]* \| ([^|]*) \|$/gm)].map(
    ([, reason = '', step = '']) => [reason, step],
  ),
);

describe('docs/reasons.md', () => {
  test('shows each remedy word for word, and no other', () => {
    expect(Object.fromEntries(steps)).toEqual(
      Object.fromEntries(
        Object.entries<Remedy>(REMEDIES).map(([reason, { step, command }]) => [
          reason,
          command === undefined ? step : `${step} \`${command}\``,
        ]),
      ),
    );
  });

  test.each(isOf(['at-max', 'blocked', 'failed']))(
    'knows what to do about $reason, which needs a person',
    ({ reason }) => {
      expect(remedyOf(reason as Reason)).toBeDefined();
    },
  );

  test('explains every reason, each once, and no other', () => {
    expect(documented).toHaveLength(named.length);
    expect(new Set(documented.map(({ reason }) => reason))).toEqual(new Set(named));
  });

  test.each(isOf(['held', 'at-max', 'blocked', 'failed']))(
    'says rightly that $reason makes an outcome of the kind $kind',
    ({ reason, kind }) => {
      const decision = aCapacityDecision({ to: 4, from: 4, reason: reason as Reason });
      expect(outcomeOfHold(decision).kind).toBe(kind);
    },
  );

  test.each(['GroupBusy', 'OutOfBounds', 'AccessDenied', 'Throttled'] as const)(
    'says rightly what an answer of %s makes',
    (reason) => {
      const answer: Answer = { kind: 'refused', reason, detail: 'no' };
      expect(outcomeOfAction(aCapacityDecision(), answer).kind).toBe(
        documented.find((each) => each.reason === reason)?.kind,
      );
    },
  );
});
