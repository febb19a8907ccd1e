import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import type { ConsolePorts } from '#console/source/ports.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Instant } from '#domain/time/instant.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { readsOfCloud } from './reads-of-cloud.ts';

type Simulated = Readonly<{
  cloud: Cloud;
  now: () => Instant;
  configuration: () => Configuration;
}>;

/** The reads of a page over a simulated account: those of a deployed one, from the same adapters. */
export const simulatedPorts = ({
  cloud,
  now,
  configuration,
}: Simulated): Pick<
  ConsolePorts,
  'now' | 'configuration' | 'reads' | 'readRanges' | 'readOverride'
> => {
  const reads = readsOfCloud(cloud, now);
  return {
    now,
    configuration,
    reads: {
      ...reads,
      scale: { ...reads.scale, openingOf, note: () => {}, now },
      heal: { ...reads.heal, now },
    },
    readRanges: readRanges(cloud.cloudWatch),
    readOverride: async (group) => cloud.overrides.get(group),
  };
};
