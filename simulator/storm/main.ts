import { argv, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { pageOf } from './page.ts';
import { runStorm } from './storm.ts';

const USAGE = `npm run bench:storm -- [--groups 10,100,1000,10000] [--seed N]

  --groups L  how many groups the deployment has (default 10,100,1000); ten thousand take some minutes
  --seed N    the seed of all chance (default 1)`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    args: argv.slice(2),
    options: {
      groups: { type: 'string', default: '10,100,1000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    stdout.write(`${USAGE}\n`);
    return;
  }
  const figures = [];
  for (const groups of values.groups.split(',').map(Number)) {
    figures.push(await runStorm({ groups, seed: Number(values.seed) }));
    stderr.write(`${groups} groups: done\n`);
  }
  stdout.write(`${pageOf(figures)}\n`);
};

await main();
