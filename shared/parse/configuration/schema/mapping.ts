import * as z from 'zod';
import type { Names } from '#parse/configuration/words/names.ts';

/** A mapping with known keys. About an unknown one, the message of the issue lists the known ones. */
export const mapping = <S extends z.ZodRawShape>(description: string, shape: S) =>
  z
    .strictObject(shape, {
      error: ({ code }) =>
        code === 'unrecognized_keys' ? Object.keys(shape).join(SEPARATOR) : undefined,
    })
    .meta({ description });

/** The keys that an issue about unknown keys says would have been right. */
export const knownKeysIn = (message: string): readonly string[] => message.split(SEPARATOR);

const SEPARATOR = ', ';

/** A list with one item or more. */
export const list = <T extends z.ZodType>(item: T, description: string) =>
  z.array(item).meta({ description, minItems: 1 });

type Options = Readonly<{ names: Names; description: string; most?: number }>;

/**
 * A mapping from names that operators choose. The names are checked apart from it, so that an error in
 * a name does not hide the errors below it.
 */
export const record = <T extends z.ZodType>(value: T, { names, description, most }: Options) =>
  z.record(z.string(), value).meta({
    description,
    propertyNames: { pattern: names.pattern.source },
    ...(most === undefined ? {} : { maxProperties: most }),
  });
