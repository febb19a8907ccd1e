import * as z from 'zod';

/** A block of HCL as JSON has it: one mapping, or a list of mappings. */
const block = z.union([
  z.record(z.string(), z.unknown()),
  z.array(z.record(z.string(), z.unknown())),
]);

const scaling = z.object({
  Min: z.number().optional(),
  Max: z.number().optional(),
  Enabled: z.boolean().default(true),
  Policy: z.record(z.string(), z.unknown()).default({}),
});

/** A scaling policy as the API of Nomad prints it. */
export const nomadPolicySchema = scaling.extend({
  ID: z.string().default('policy'),
  Target: z.record(z.string(), z.string()).default({}),
});

const job = z.object({
  ID: z.string(),
  TaskGroups: z.array(z.object({ Name: z.string(), Scaling: scaling.optional() })).default([]),
});

/** A job as JSON: the one of the API, or what `nomad job run -output` prints. */
export const nomadJobSchema = z.union([z.object({ Job: job }).transform(({ Job }) => Job), job]);

/** The named blocks within a block: `check "cpu" { … }` is the entry `cpu`. */
export const blocksIn = (value: unknown): readonly (readonly [string, NomadBlock])[] => {
  const parsed = block.safeParse(value);
  if (!parsed.success) return [];
  return [parsed.data]
    .flat()
    .flatMap((each) => Object.entries(each))
    .flatMap(([name, inner]) => {
      const own = block.safeParse(inner);
      return own.success ? [[name, Object.assign({}, ...[own.data].flat())] as const] : [];
    });
};

export type NomadBlock = Readonly<Record<string, unknown>>;
export type NomadPolicy = z.output<typeof nomadPolicySchema>;
export type NomadJob = z.output<typeof nomadJobSchema>;
