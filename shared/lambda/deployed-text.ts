import type { DeployedText } from '#domain/configuration/deployed-text.ts';

/** Put in place by the bundler: the text of the `tidegate.yml` of this deployment, and its hash. */
declare const TIDEGATE_SOURCE: DeployedText;

export const source: DeployedText = TIDEGATE_SOURCE;
