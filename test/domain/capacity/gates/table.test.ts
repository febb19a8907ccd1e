import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { GATES } from '#domain/capacity/apply-gates.ts';
import { GUARDS } from '#domain/capacity/gates/guards.ts';

const stages = Object.keys(GATES);

describe('the table of gates', () => {
  test('has each gate under the stage that its lines of the trace carry', () => {
    expect(Object.values(GATES).map(({ stage }) => stage)).toEqual(stages);
  });

  test('has the guards that a later gate asks again, in its order', () => {
    expect(GUARDS).toEqual(Object.values(GATES).filter(({ isGuard }) => isGuard));
  });

  test('is drawn in docs/concepts.md, gate by gate, in its order', () => {
    const [, picture = ''] =
      /│\n gates {2,}(1 [\s\S]*?)│\n plan/.exec(readFileSync('docs/concepts.md', 'utf8')) ?? [];
    const rows = [...picture.matchAll(/^(?: {4}│ +)?(\d+) ([a-z-]+)/gm)];

    expect(rows.map(([, number, stage]) => [number, stage])).toEqual(
      stages.map((stage, index) => [String(index + 1), stage]),
    );
  });
});
