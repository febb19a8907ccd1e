/** The deployment that speaks: its names in serverless.yml, and where AWS runs it. Unknown parts are absent. */
export type Whereabouts = Readonly<{
  service?: string;
  stage?: string;
  /** Such as `eu-west-1`. */
  region?: string;
  /** The number of the AWS account. */
  account?: string;
}>;

/** `tidegate, stage prod, eu-west-1, account 123456789012`; undefined when nothing is known. */
export const describeWhereabouts = ({
  service,
  stage,
  region,
  account,
}: Whereabouts): string | undefined => {
  const parts = [
    service,
    stage && `stage ${stage}`,
    region,
    account && `account ${account}`,
  ].filter((part) => part);
  return parts.length === 0 ? undefined : parts.join(', ');
};

/** Only what says where: of all that surrounds a message. */
export const whereaboutsOf = ({ service, stage, region, account }: Whereabouts): Whereabouts => ({
  ...(service === undefined ? {} : { service }),
  ...(stage === undefined ? {} : { stage }),
  ...(region === undefined ? {} : { region }),
  ...(account === undefined ? {} : { account }),
});

/** A command of ours that touches this deployment and no other, wherever it is pasted. */
export const tidegateCommand = (words: string, where: Whereabouts): string =>
  [
    `npx tidegate ${words}`,
    ...option('service', where.service),
    ...option('stage', where.stage),
    ...option('region', where.region),
  ].join(' ');

/** A command of the AWS CLI in the Region of this deployment. */
export const awsCommand = (words: string, { region }: Whereabouts): string =>
  [`aws ${words}`, ...option('region', region)].join(' ');

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name} ${value}`];

/** A word that a shell takes as it is: quoted, unless it is plain. */
export const shellWord = (text: string): string =>
  /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
