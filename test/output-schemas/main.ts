import { writeFileSync } from 'node:fs';
import { COMMANDS_WITH_SCHEMA, outputJsonSchema } from '#cli/schemas/output-schema.ts';

// Writes the JSON Schema of what each command prints with --json; a test holds the files against it.
for (const command of COMMANDS_WITH_SCHEMA) {
  writeFileSync(
    new URL(`../../schemas/${command}.json`, import.meta.url),
    `${JSON.stringify(outputJsonSchema(command), null, 2)}\n`,
  );
}
