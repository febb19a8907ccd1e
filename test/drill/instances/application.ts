import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';

type Bundle = Readonly<{ application: () => Promise<string> }>;

/** Writes the application of the reference fleet as its instances get it in their user data; answers the path. */
export const writeApplication = async (): Promise<string> => {
  const { application } = createRequire(import.meta.url)('#fleet/bundle.cjs') as Bundle;
  const path = join(WORK_DIRECTORY, 'application.mjs');
  await writeFile(path, gunzipSync(Buffer.from(await application(), 'base64')));
  return path;
};
