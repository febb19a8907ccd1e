import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { held } from '#parse/record/held.ts';

type Seen = Readonly<{
  at: number;
  state?: 'OK' | 'ALARM';
  changes: readonly Readonly<{ to: number; rule?: string }>[];
}>;

const change = z.object({ to: z.number(), rule: z.string().optional() });
const state = z.enum(['OK', 'ALARM']).optional();

/** Each `@ts-expect-error` is itself an error for the compiler where the line below it compiles. */
describe('a schema that is held against a type', () => {
  test('is the schema itself when both have the same fields', () => {
    const schema = z.object({ at: z.number(), state, changes: z.array(change) });

    expect(held<Seen>()(schema)).toBe(schema);
  });

  test('does not compile without a field that the type may have, however deep', () => {
    const whole = { at: z.number(), state, changes: z.array(change) };
    const [noState, noRule, plainState] = [
      z.object({ at: z.number(), changes: z.array(change) }),
      z.object({ ...whole, changes: z.array(z.object({ to: z.number() })) }),
      z.object({ ...whole, state: z.literal('OK').optional() }),
    ];

    // @ts-expect-error: `state` is lost
    expect(held<Seen>()(noState)).toBe(noState);
    // @ts-expect-error: `changes[].rule` is lost
    expect(held<Seen>()(noRule)).toBe(noRule);
    // @ts-expect-error: `ALARM` is refused
    expect(held<Seen>()(plainState)).toBe(plainState);
  });

  test('does not compile with a field that the type does not have', () => {
    const schema = z.object({ at: z.number(), state, changes: z.array(change), by: z.string() });

    // @ts-expect-error: `by` is nothing that anybody has
    expect(held<Seen>()(schema)).toBe(schema);
  });

  test('may lack what is set apart', () => {
    const schema = z.object({ at: z.number(), changes: z.array(change) });

    expect(held<Seen, 'state'>()(schema)).toBe(schema);
  });
});
