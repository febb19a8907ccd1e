import { Document, isCollection, type Scalar, type YAMLMap } from 'yaml';
import { type Fragment, type FragmentGroup, NOTIFY, writtenGroup } from './fragment.ts';

/** The longest line of a comment, its indentation and its mark included. */
const WIDTH = 100;
const INDENT = 2;

/** Writes a fragment as people write the file: a rule or a metric in a line, and above it what was assumed. */
export const writeFragment = (
  { groups }: Pick<Fragment, 'groups'>,
  { head = HEAD, email }: WrittenHead = {},
): string => {
  const document = new Document(
    {
      version: 1,
      groups: Object.fromEntries(groups.map((group) => [group.name, writtenGroup(group)])),
      notify: email === undefined ? NOTIFY : { channels: { mail: { email } } },
    },
    // The same metric in two groups is written out twice.
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = head.join('\n');
  comment(document, ['groups'], []);
  comment(
    document,
    ['notify'],
    [email === undefined ? 'Who is told: this address is only an example.' : 'Who is told.'],
  );
  flow(document, ['notify', 'channels', 'mail']);
  for (const group of groups) layOut(document, group);
  return document.toString({ lineWidth: 0 });
};

/** The comment that the file begins with, and who is told; where they are absent, those of an import. */
export type WrittenHead = Readonly<{ head?: readonly string[]; email?: string | undefined }>;

const HEAD: readonly string[] = [
  ' yaml-language-server: $schema=./tidegate.schema.json',
  '',
  ' Made by tidegate import. Read it through, then: npx tidegate validate, npx tidegate lint.',
  ' A rule with mode: shadow is evaluated and recorded, and never acts.',
];

const UNBOUNDED =
  'The bounds are MinSize and MaxSize of the group; set capacity: { min, max } before a rule leaves the shadow.';

type NodePath = readonly [string, ...string[]];

const layOut = (document: Document, group: FragmentGroup): void => {
  const { name, target, bounds, metrics, rules, pace, health } = group;
  const at: NodePath = ['groups', name];
  const isBounded = Object.keys(bounds).length > 0;
  comment(
    document,
    [...at, 'autoScalingGroup'],
    [...(target.assumed === undefined ? [] : [target.assumed]), ...(isBounded ? [] : [UNBOUNDED])],
  );
  flow(document, [...at, 'capacity']);
  for (const [key, lines] of [
    ['metrics', metrics],
    ['rules', rules],
  ] as const) {
    for (const line of lines) {
      comment(document, [...at, key, line.name], line.comments);
      flow(document, [...at, key, line.name]);
    }
  }
  for (const [key, comments] of Object.entries(pace.comments)) {
    comment(document, [...at, 'behavior', key], comments);
    flow(document, [...at, 'behavior', key]);
  }
  if (health !== undefined) {
    comment(document, [...at, 'health'], [health.because]);
    flow(document, [...at, 'health', 'also']);
  }
};

/** Puts what is at a place into one line. */
const flow = (document: Document, place: NodePath): void => {
  const node = document.getIn(place, true);
  if (isCollection(node)) node.flow = true;
};

/** Puts sentences above a key, and an empty line above a key of the first level. */
const comment = (document: Document, place: NodePath, sentences: readonly string[]): void => {
  const width = WIDTH - INDENT * place.length;
  const lines = sentences.flatMap((sentence) => wrapped(sentence, width));
  const text = lines.map((each) => ` ${each}`).join('\n');
  const parent = document.getIn(place.slice(0, -1), true) as YAMLMap<Scalar>;
  for (const { key } of parent.items.filter((pair) => pair.key.value === place.at(-1))) {
    if (text !== '') key.commentBefore = text;
    key.spaceBefore = place.length === 1;
  }
};

/** A sentence in lines; what could end the comment or hide in it gives way to spaces. */
const wrapped = (sentence: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(UNFIT)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

const UNFIT = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/u;
