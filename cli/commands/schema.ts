import { Command } from '@commander-js/extra-typings';
import { configurationJsonSchema } from '../../shared/parse/configuration/schema/configuration-schema.ts';
import { EXIT, type Finish, type Terminal } from '../terminal.ts';

/** `tidegate schema`: the JSON Schema of tidegate.yml, for editors. */
export const schemaCommand = ({ stdout }: Terminal, finish: Finish) =>
  new Command('schema')
    .description('print the JSON Schema of tidegate.yml, for editors')
    .addHelpText('before', 'Example:\n  $ tidegate schema > tidegate.schema.json\n')
    .action(() => {
      stdout.write(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
      finish(EXIT.ok);
    });
