import { createDemand } from './demand.ts';
import { createInstance } from './instance.ts';
import { startPublishing } from './publish.ts';
import { applicationOf } from './server.ts';
import { settingsIn } from './settings.ts';

const complain = (problem: string): void => {
  process.stderr.write(`${problem}\n`);
};

const settings = settingsIn(process.env);
const demand = createDemand(performance.now());
const application = applicationOf(settings, demand);
const port = await application.start();
const { publishing } = settings;
const instance = createInstance('http://169.254.169.254');
const publisher =
  publishing === undefined
    ? undefined
    : startPublishing({ publishing, instance, demand, complain });
process.stdout.write(`listening on port ${port}\n`);

const stop = async (): Promise<void> => {
  await application.stop();
  await publisher?.stop();
};

process.once('SIGTERM', () => {
  stop().then(
    () => process.exit(0),
    (thrown: unknown) => {
      complain(String(thrown));
      process.exit(1);
    },
  );
});
