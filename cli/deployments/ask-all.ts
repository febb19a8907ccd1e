import picocolors from 'picocolors';
import { type Announce, type Call, perform, type Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import { type Finish, isColourful, type Terminal } from '#cli/terminal.ts';
import { sideBySide } from '#domain/basics/side-by-side.ts';
import { type DeploymentAnswer, exitCodeOf, worstOf } from './answer.ts';
import { describeAnswers } from './describe-answers.ts';
import { amongMany, failureOfListed, type Listing, optionsOfListed } from './listed.ts';
import { readDeployments } from './read-deployments.ts';
import { refuseListAlone, refuseOthers, type SeveralOptions } from './several-options.ts';

/** The process as one deployment sees it, and where to say which one it is. */
export type At = Readonly<{
  terminal: Terminal;
  announce: Announce;
  /** The name of the deployment in the list; absent when it is the only one that is asked. */
  listedAs?: string;
}>;

/** So many deployments are asked at a time: each keeps a dozen connections busy. */
const AT_A_TIME = 8;

/** Runs a command on the deployment that options name, or, with `--all`, on each of the list. */
export const performOnEach =
  (terminal: Terminal, finish: Finish) =>
  <O extends SeveralOptions>(
    call: Call,
    options: O,
    work: (options: O, at: At) => Promise<Report>,
  ): Promise<void> =>
    perform(terminal, finish)(call, (announce) => {
      if (options.all) return askAll(options, terminal, work);
      refuseListAlone(options);
      return work(options, { terminal, announce });
    });

const askAll = async <O extends SeveralOptions>(
  options: O,
  terminal: Terminal,
  work: (options: O, at: At) => Promise<Report>,
): Promise<Report> => {
  refuseOthers(options);
  const { file, deployments } = readDeployments(options.deployments, terminal);
  const answers = await sideBySide(deployments, AT_A_TIME, (listing) =>
    askOne({ listing, file, options, terminal, work }),
  );
  const exitCode = worstOf(answers);
  const paint = picocolors.createColors(isColourful(terminal));
  return {
    text: describeAnswers(answers, paint),
    data: { deployments: answers.map(dataOf) },
    exitCode,
    talk: answers.flatMap((answer) =>
      'report' in answer
        ? (answer.report.talk ?? []).map((line) => `${answer.name}: ${line.trim()}`)
        : [],
    ),
  };
};

type Asked<O> = Readonly<{
  listing: Listing;
  /** The list, for messages. */
  file: string;
  options: O;
  terminal: Terminal;
  work: (options: O, at: At) => Promise<Report>;
}>;

const askOne = async <O extends SeveralOptions>({
  listing,
  file,
  options,
  terminal,
  work,
}: Asked<O>): Promise<DeploymentAnswer> => {
  const { name } = listing;
  let place: Place | undefined;
  const announce: Announce = (found) => {
    place = found;
  };
  const placed = () => (place === undefined ? {} : { place });
  try {
    const report = await work(optionsOfListed(listing, options), {
      terminal: amongMany(terminal),
      announce,
      listedAs: name,
    });
    return { name, ...placed(), report };
  } catch (thrown) {
    return { name, ...placed(), failure: failureOfListed(thrown, { listing, file, terminal }) };
  }
};

const dataOf = (answer: DeploymentAnswer): object => {
  const { name, place } = answer;
  const head = {
    name,
    exitCode: exitCodeOf(answer),
    ...(place === undefined ? {} : { deployment: place }),
  };
  if ('report' in answer) return { ...head, ...answer.report.data };
  const { frames: _frames, ...error } = answer.failure;
  return { ...head, error };
};
