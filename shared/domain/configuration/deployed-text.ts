import type { Instant } from '#domain/time/instant.ts';

/** The text of a `tidegate.yml` as it was deployed, and the hash by which it is known. */
export type DeployedText = Readonly<{
  /** The first 16 hexadecimal digits of the SHA-256 of the text. */
  hash: string;
  /** The text, without white space at its end. */
  text: string;
}>;

/** A configuration that came into force. */
export type ConfigurationInForce = Readonly<{
  hash: string;
  /** The time at which the sweep first ran with it. */
  since: Instant;
  /** The name of who deployed it, as the deployment was told. */
  by: string;
}>;
