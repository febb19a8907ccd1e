import { createHash } from 'node:crypto';
import type { DeployedText } from '#domain/configuration/deployed-text.ts';

/** The text of a `tidegate.yml` with its hash; white space at its end makes no difference. */
export const sourceOf = (file: string): DeployedText => {
  const text = file.trimEnd();
  return { hash: createHash('sha256').update(text).digest('hex').slice(0, 16), text };
};
