/** The tag by which an operator hands a group, or a target group, over to a deployment. Its value is the deployment's name. */
export const OPT_IN_TAG = 'tidegate:managed';

/**
 * The value that handed over to any deployment of the account, before the deployment's name did. Version 0.1 still
 * understands it; the next minor version does not.
 */
export const FORMER_VALUE = 'true';

/** The tag as a deployment found it, and the value that it asks for: its name, SERVICE-STAGE. */
export type OptIn = Readonly<{
  wanted: string;
  /** Absent when there is no such tag. */
  found?: string;
}>;

type Tag = Readonly<{ Key?: string | undefined; Value?: string | undefined }>;

/** Reads the tag of a thing for the deployment of that name. */
export const optInOf = (tags: readonly Tag[], wanted: string): OptIn => {
  const found = tags.find(({ Key }) => Key === OPT_IN_TAG)?.Value;
  return found === undefined ? { wanted } : { wanted, found };
};

/** True when the tag hands the thing over to the deployment that asks. */
export const isHandedOver = ({ wanted, found }: OptIn): boolean =>
  found === wanted || found === FORMER_VALUE;

/** True when the tag has the former value, which must be changed before the next minor version. */
export const hasFormerValue = (optIn: OptIn | undefined): boolean => optIn?.found === FORMER_VALUE;

/** `tidegate:managed=tidegate-prod`. Records of before the deployment's name was asked for have no {@link OptIn}. */
export const wantedTag = (optIn: OptIn | undefined): string =>
  `${OPT_IN_TAG}=${optIn?.wanted ?? FORMER_VALUE}`;

/** The complaint about a thing that was not handed over, as the end of a sentence about it. */
export const describeLack = (optIn: OptIn | undefined): string => {
  const found = optIn?.found;
  const other = found === undefined ? '' : `, its value is ${JSON.stringify(found)}`;
  return `lacks the tag ${wantedTag(optIn)}${other}`;
};
