import { applicationOf } from './server.ts';
import { settingsIn } from './settings.ts';

const application = applicationOf(settingsIn(process.env));
const port = await application.start();
process.stdout.write(`listening on port ${port}\n`);

process.once('SIGTERM', () => {
  application.stop().then(
    () => process.exit(0),
    (thrown: unknown) => {
      process.stderr.write(`${String(thrown)}\n`);
      process.exit(1);
    },
  );
});
