import { dirname, resolve } from 'node:path';
import picocolors from 'picocolors';
import type { DeploymentOptions } from '#cli/deployment/find-deployment.ts';
import { type Failure, failure } from '#cli/output/failure.ts';
import { failureOf } from '#cli/output/failure-of.ts';
import { type Announce, type Call, perform, type Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import { type Finish, isColourful, type Terminal } from '#cli/terminal.ts';
import { sideBySide } from '#domain/basics/side-by-side.ts';
import { type DeploymentAnswer, exitCodeOf, worstOf } from './answer.ts';
import { describeAnswers } from './describe-answers.ts';
import { type Listed, readDeployments } from './read-deployments.ts';

/** Options of commands that can ask all deployments of a list. */
export type SeveralOptions = DeploymentOptions &
  Readonly<{
    all?: true | undefined;
    deployments?: string | undefined;
    history?: string | undefined;
    watch?: true | undefined;
    out?: string | undefined;
    topic?: string | undefined;
    /** The role of a listed deployment; no option of the command line. */
    role?: string | undefined;
  }>;

/** The process as one deployment sees it, and where to say which one it is. */
export type At = Readonly<{
  terminal: Terminal;
  announce: Announce;
  /** The name of the deployment in the list; absent when it is the only one that is asked. */
  listedAs?: string;
}>;

type Listing = Listed['deployments'][number];

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
      if (options.deployments === undefined) return work(options, { terminal, announce });
      throw failure('usage', '--deployments names a list, and --all is missing', 'add --all');
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

/** Options that name one deployment; with `--all` the list says these. */
const NAMING = ['config', 'stage', 'service', 'region', 'profile', 'table'] as const;
const ALONE = {
  watch: 'look again by: watch -n 30 tidegate status --all',
  topic: 'the topic of each deployment is found by its stack',
  out: 'write the page of one: tidegate report --out FILE, with --stage, --region and --profile',
} as const;

const refuseOthers = (options: SeveralOptions): void => {
  const naming = NAMING.find((each) => options[each] !== undefined);
  if (naming !== undefined) {
    throw failure(
      'usage',
      `--all asks the deployments of deployments.yml, and --${naming} names one`,
      `leave one of them out; the list has ${naming} as a key of each deployment`,
    );
  }
  for (const [alone, help] of Object.entries(ALONE)) {
    if (options[alone as keyof typeof ALONE] === undefined) continue;
    throw failure('usage', `--${alone} is about one deployment, and --all asks many`, help);
  }
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
  const { name, region, stage, service, profile, role, config, table } = listing;
  const history = resolve(dirname(config), options.history ?? 'history');
  let place: Place | undefined;
  const announce: Announce = (found) => {
    place = found;
  };
  const own = { ...options, region, stage, service, profile, role, config, table, history };
  const placed = () => (place === undefined ? {} : { place });
  try {
    const report = await work(own, {
      terminal: amongMany(terminal),
      announce,
      listedAs: name,
    });
    return { name, ...placed(), report };
  } catch (thrown) {
    const found = failureOf(thrown, { ...terminal, profile });
    return { name, ...placed(), failure: inWordsOfTheList(found, `${name} in ${file}`) };
  }
};

/** Variables that name one deployment say nothing of those of the list, and each is reached for itself. */
const amongMany = (terminal: Terminal): Terminal => ({
  ...terminal,
  connect: (access) => terminal.connect({ ...access, isOneOfMany: true }),
  env: Object.fromEntries(
    Object.entries(terminal.env).filter(
      ([key]) => !/^TIDEGATE_(?:STAGE|SERVICE|TABLE|TOPIC|CONFIG)$/.test(key),
    ),
  ),
});

/** The help speaks of options; in the list they are keys. */
const inWordsOfTheList = (found: Failure, where: string): Failure =>
  found.help !== undefined && /--(?:stage|service|region|profile|table|config)\b/.test(found.help)
    ? { ...found, help: `${found.help} (with --all these options are keys of ${where})` }
    : found;

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
