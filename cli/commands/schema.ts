import { Command } from '@commander-js/extra-typings';
import { configurationJsonSchema } from '../../shared/parse/configuration/schema/configuration-schema.ts';
import { recordJsonSchema } from '../../shared/parse/record/parse-record.ts';
import { EXIT, type Finish, type Terminal } from '../terminal.ts';

/** `tidegate schema`: the JSON Schema of tidegate.yml, for editors. */
export const schemaCommand = ({ stdout }: Terminal, finish: Finish) =>
  new Command('schema')
    .description('print the JSON Schema of tidegate.yml, for editors')
    .option('--record', 'print that of a record of a decision instead')
    .addHelpText('before', 'Example:\n  $ tidegate schema > tidegate.schema.json\n')
    .action(({ record }) => {
      const schema = record ? recordJsonSchema() : configurationJsonSchema();
      stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
      finish(EXIT.ok);
    });
