import { join } from 'node:path';
import { REGION } from './clients.ts';
import { preparePython } from './python-environment.ts';
import { runCommand } from './run-command.ts';
import { logFile } from './work-directory.ts';

const TEMPLATE = 'cloudformation-template-update-stack.json';

/** Lets cfn-lint, which comes with moto, read the template of a packaged service; throws when it finds something. */
export const lintTemplateIn = async (folder: string, log: string): Promise<void> => {
  await runCommand({
    file: join(await preparePython(), 'bin', 'cfn-lint'),
    args: ['--template', join(folder, TEMPLATE), '--regions', REGION],
    log: logFile(log),
    timeoutMs: 60_000,
  });
};
