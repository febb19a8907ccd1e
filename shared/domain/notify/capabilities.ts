import type { Channel } from '#domain/configuration/channel.ts';

/** The abilities of a kind of channel that decide what it is told, and how. */
type Capabilities = Readonly<{
  /** It opens and closes incidents by their keys: it takes a repeat for the same, and must hear of each end by itself. */
  keepsIncidents: boolean;
  /** It can keep the messages on one incident together. */
  supportsThreads: boolean;
}>;

/** The capabilities of every kind of channel; a new kind does not compile without its line. */
const CAPABILITIES: Readonly<Record<Channel['kind'], Capabilities>> = {
  slack: { keepsIncidents: false, supportsThreads: false },
  'slack-bot': { keepsIncidents: false, supportsThreads: true },
  teams: { keepsIncidents: false, supportsThreads: false },
  webhook: { keepsIncidents: false, supportsThreads: false },
  pagerduty: { keepsIncidents: true, supportsThreads: false },
  email: { keepsIncidents: false, supportsThreads: false },
  mail: { keepsIncidents: false, supportsThreads: true },
};

/** The capabilities of a channel, by its kind. */
export const capabilitiesOf = ({ kind }: Pick<Channel, 'kind'>): Capabilities => CAPABILITIES[kind];
