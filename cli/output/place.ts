/** The place where a command reads or writes: a deployment, or a table that was named. */
export type Place = Readonly<{
  /** Absent when only a table is named. */
  service?: string;
  stage?: string;
  /** The CloudFormation stack. */
  stack?: string;
  /** The table that was named in place of a stage. */
  table?: string;
  /** Absent when it could not be found out. */
  region?: string;
  account?: string;
  /** The version of Tidegate that deployed it. */
  version?: string;
}>;

/** `stage prod of tidegate 0.1.0+817e7b4, in eu-central-1, account 123456789012`. */
export const describePlace = (place: Place): string => {
  const { service, stage, table, region, account, version } = place;
  const deployed = version === undefined ? service : `${service} ${version}`;
  const named =
    stage === undefined ? 'no stage, for nothing is deployed' : `stage ${stage} of ${deployed}`;
  return [
    table === undefined ? named : `table ${table}`,
    region === undefined ? 'in a Region that is not known' : `in ${region}`,
    account === undefined ? 'in an account that could not be read' : `account ${account}`,
  ].join(', ');
};
