import { isDeepStrictEqual } from 'node:util';
import { outputSchema } from '#cli/schemas/output-schema.ts';

/** Throws when an output of `--json` does not fit the schema of its command, or has a field that it does not know. */
export const checkOutput = (stdout: string): void => {
  const output = JSON.parse(stdout);
  if (output.command === null) return;
  const { data, error } = outputSchema(output.command).safeParse(output);
  if (error !== undefined) {
    throw new Error(`tidegate ${output.command} --json does not fit its schema: ${error.message}`);
  }
  // A parsed object keeps the fields of its schema alone.
  if (!isDeepStrictEqual(data, output)) {
    throw new Error(
      `tidegate ${output.command} --json has a field that its schema does not know:\n${JSON.stringify(output)}\n${JSON.stringify(data)}`,
    );
  }
};
