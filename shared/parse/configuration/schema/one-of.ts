import * as z from 'zod';
import type { Complaint } from '../fault.ts';
import { jsonSchemaOf } from './json-schema-of.ts';
import { issueOf } from './leaf.ts';

type Shapes = Readonly<Record<string, z.ZodType>>;
type ShapeOf<S extends Shapes> = Extract<keyof S, string>;

/**
 * A value of one of several shapes. A look at the value chooses the shape, so that errors speak of
 * what was meant, not of every shape that it could have had.
 */
export const oneOf = <S extends Shapes>(
  description: string,
  shapes: S,
  choose: (value: unknown) => ShapeOf<S> | Complaint,
) =>
  z
    .unknown()
    .meta({ description, anyOf: Object.values(shapes).map(jsonSchemaOf) })
    .transform((value, context): z.output<S[ShapeOf<S>]> => {
      const shape = choose(value);
      if (typeof shape !== 'string') {
        context.issues.push(issueOf(shape, value));
        return z.NEVER;
      }

      const result = (shapes[shape] as S[ShapeOf<S>]).safeParse(value);
      if (result.success) return result.data as z.output<S[ShapeOf<S>]>;

      for (const issue of result.error.issues) context.issues.push(issue as z.core.$ZodRawIssue);
      return z.NEVER;
    });
