import { namedDeployment, USUAL_SERVICE, USUAL_STAGE } from '#cli/deployment/find-deployment.ts';
import { groupOrMember } from '#cli/deployment/groups-meant.ts';
import { failure } from '#cli/output/failure.ts';
import { nameSome } from '#domain/basics/name-some.ts';
import type { Configuration, Fleet, Group } from '#domain/configuration/configuration.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import { alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';
import type { Contender } from '#simulator/compare/compare.ts';
import { PEER_NAMES, type PeerName, USUAL_PEERS } from '#simulator/compare/field.ts';
import { configurationIn, findConfiguration, namedFile } from '../find-configuration.ts';
import type { Terminal } from '../terminal.ts';

type Options = Readonly<{
  config?: string | undefined;
  group?: string | undefined;
  against?: readonly string[] | undefined;
}>;

/** The group of the file that is asked about, then that of each other file. Throws what cannot be found. */
export const contendersOf = (
  file: string | undefined,
  options: Options,
  terminal: Terminal,
): readonly [Contender, ...Contender[]] => {
  const asked = contenderIn(namedFile(file, options.config), options.group, terminal);
  const others = (options.against ?? []).filter((each) => !isPeer(each));
  return [asked, ...others.map((each) => contenderIn(fileAmong(each), asked.group.name, terminal))];
};

/** The peers that are named, or the usual ones where none is. */
export const peersAmong = (against: readonly string[] = []): readonly PeerName[] => {
  const named = against.filter(isPeer);
  return named.length === 0 ? USUAL_PEERS : named;
};

const isPeer = (word: string): word is PeerName => PEER_NAMES.some((name) => name === word);

/** A word without a dot or a slash is a slip of the name of a peer, not a file. */
const fileAmong = (word: string): string => {
  if (/[./\\]/.test(word)) return word;
  const { suggestion } = didYouMean(nearest(word, [...PEER_NAMES]));
  throw failure(
    'unknown-name',
    `--against: there is no way to scale named "${word}"`,
    suggestion ?? `there are ${PEER_NAMES.join(', ')}; a file has its ending: ${word}.yml`,
  );
};

/** The group of a file under which it stands in a comparison. Throws what cannot be found. */
export const contenderIn = (
  named: string | undefined,
  group: string | undefined,
  terminal: Terminal,
): Contender => {
  const found = findConfiguration(named, terminal);
  const { service = USUAL_SERVICE, stage = USUAL_STAGE } = namedDeployment({}, terminal);
  const configuration = configurationIn(found, alarmPrefixOf({ service, stage }));
  return {
    name: found.file,
    group:
      group === undefined ? only(configuration, found.file) : groupOrMember(configuration, group),
  };
};

const only = ({ groups, fleets = [] }: Configuration, file: string): Group => {
  const [first, ...others] = groups;
  if (first !== undefined && others.length === 0) return first;
  throw failure('usage', `${file} has ${groups.length} groups`, whichGroup(groups, fleets));
};

const whichGroup = (groups: readonly Group[], fleets: readonly Fleet[]): string => {
  const [group] = groups;
  const [fleet] = fleets;
  if (group !== undefined) {
    return `say which: --group ${group.name}; there are ${nameSome(groups.map(({ name }) => name))}`;
  }
  return fleet === undefined
    ? 'add one to it'
    : `name a member of the fleet ${fleet.name}: --group ${fleet.name}/AUTO-SCALING-GROUP`;
};
