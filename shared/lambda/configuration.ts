import type { Configuration } from '#domain/configuration/configuration.ts';

/** Put in place by the bundler: the validated `tidegate.yml` of this deployment. */
declare const TIDEGATE_CONFIGURATION: Configuration;

export const configuration: Configuration = TIDEGATE_CONFIGURATION;

/** Put in place by the bundler: the hash of the text of that `tidegate.yml`. */
declare const TIDEGATE_CONFIGURATION_HASH: string;

export const configurationHash: string = TIDEGATE_CONFIGURATION_HASH;
