import type { Fault } from '../fault.ts';
import { isLinkLocal, isLoopback } from '../local-host.ts';
import { entriesAt, type Place, placeAt } from './places.ts';

/**
 * A channel must not lead to the machine that sends: in Lambda its loopback and link-local addresses are those
 * of the runtime, of extensions and of credentials. For a trial on this machine loopback is good enough.
 */
export const checkOrigins = (
  root: unknown,
  { isDeployed }: Readonly<{ isDeployed: boolean }>,
): readonly Fault[] =>
  entriesAt(placeAt({ path: [], value: root }, 'notify'), 'channels')
    .map((channel) => placeAt(channel, 'origin'))
    .flatMap((place) => faultOf(place, isDeployed));

const faultOf = ({ path, value }: Place, isDeployed: boolean): readonly Fault[] => {
  if (typeof value !== 'string' || !URL.canParse(value)) return [];

  const { hostname } = new URL(value);
  const isRefused = isLinkLocal(hostname) || (isDeployed && isLoopback(hostname));
  return isRefused
    ? [
        {
          path,
          code: 'bad-value',
          message: `${hostname} is ${isLoopback(hostname) ? 'the machine that sends' : 'an address of the machine that sends'}; in Lambda nothing of yours listens there`,
          expected:
            'the origin of a server that Lambda can reach, such as https://hooks.example.com',
          suggestion:
            'to try a server of this machine, give it a public https address by a tunnel, or deploy to an emulator (AWS_ENDPOINT_URL on this machine)',
        },
      ]
    : [];
};
