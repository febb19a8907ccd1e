/**
 * A part of AWS with accounts, addresses and a console of its own. Names, Regions and suffixes are those of the
 * SDK's partition data; a test compares them with the installed SDK.
 */
export type Partition = Readonly<{
  /** The second part of every ARN. */
  name: string;
  /** Regions whose names match belong to the partition. */
  regions: RegExp;
  /** The domain of its endpoints; CloudFormation calls it `AWS::URLSuffix`. */
  urlSuffix: string;
  /** The host of its console, without the Region; absent where it is not public. */
  console?: string;
}>;

/**
 * The hosts of the consoles are those of
 * https://docs.aws.amazon.com/signin/latest/userguide/console-sign-in-tutorials.html (aws),
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/introduction.html (aws-cn),
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/signing-into-govcloud.html (aws-us-gov) and
 * https://docs.aws.eu/esc/latest/userguide/introduction.html (aws-eusc).
 */
export const PARTITIONS: readonly Partition[] = [
  {
    name: 'aws',
    regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    urlSuffix: 'amazonaws.com',
    console: 'console.aws.amazon.com',
  },
  {
    name: 'aws-cn',
    regions: /^cn-\w+-\d+$/,
    urlSuffix: 'amazonaws.com.cn',
    console: 'console.amazonaws.cn',
  },
  {
    name: 'aws-us-gov',
    regions: /^us-gov-\w+-\d+$/,
    urlSuffix: 'amazonaws.com',
    console: 'console.amazonaws-us-gov.com',
  },
  {
    name: 'aws-eusc',
    regions: /^eusc-(de)-\w+-\d+$/,
    urlSuffix: 'amazonaws.eu',
    console: 'console.amazonaws-eusc.eu',
  },
  { name: 'aws-iso', regions: /^us-iso-\w+-\d+$/, urlSuffix: 'c2s.ic.gov' },
  { name: 'aws-iso-b', regions: /^us-isob-\w+-\d+$/, urlSuffix: 'sc2s.sgov.gov' },
  { name: 'aws-iso-e', regions: /^eu-isoe-\w+-\d+$/, urlSuffix: 'cloud.adc-e.uk' },
  { name: 'aws-iso-f', regions: /^us-isof-\w+-\d+$/, urlSuffix: 'csp.hci.ic.gov' },
];

/** The partition of a Region; undefined for a Region that nobody here has heard of. */
export const partitionOf = (region: string): Partition | undefined =>
  PARTITIONS.find(({ regions }) => regions.test(region));
