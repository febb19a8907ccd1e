import * as z from 'zod';

/** A schema as JSON Schema draft 7 describes what may be written, for editors. */
export const jsonSchemaOf = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema, ...keywords } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return keywords;
};
