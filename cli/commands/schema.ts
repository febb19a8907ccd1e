import { perform } from '#cli/output/perform.ts';
import { configurationJsonSchema } from '#parse/configuration/schema/configuration-schema.ts';
import { recordJsonSchema } from '#parse/record/parse-record.ts';
import { newPlainCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate schema`: the JSON Schema of tidegate.yml, for editors. */
export const schemaCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('schema', [
    'tidegate schema > tidegate.schema.json',
    'tidegate schema --record > record.schema.json',
  ])
    .option('--record', 'print the JSON Schema of a decision record instead')
    .action(({ record, json }) =>
      perform(terminal, finish)({ command: 'schema', json }, () => {
        const schema = record ? recordJsonSchema() : configurationJsonSchema();
        return { text: JSON.stringify(schema, null, 2), data: { schema } };
      }),
    );
