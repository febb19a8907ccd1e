import { entriesOf, valueAt } from './mapping.ts';

/**
 * Secrets that were pasted into a file must appear in no message: terminals are shared, and build logs are kept. What is
 * masked keeps its length, so that marks below a line stay in place.
 */
const masked = (secret: string): string => secret.replace(/[^\s]/g, '*');

/** Masks, in a single line, what looks like a secret wherever it stands: addresses, tokens and keys. */
export const maskShapes = (line: string): string =>
  line
    .replace(WEBHOOK, (_, host: string, path: string) => host + masked(path))
    .replace(ADDRESS, maskAddress)
    .replace(TOKEN, (_, kind: string, rest: string) => kind + masked(rest))
    .replace(LONG_KEY, masked);

/**
 * Masks, in a whole file, the values of keys that take secrets, unless they say where a secret is kept. It needs no
 * well-formed YAML, and finds them in comments, too. Addresses are left to `maskShapes`.
 */
export const maskKeyed = (text: string): string =>
  text.replace(
    KEYED,
    (_, before: string, value: string) => before + (isOpen(bareOf(value)) ? value : masked(value)),
  );

/** The values that `maskKeyed` masks, as messages may repeat them; short ones could be any word. */
export const keyedIn = (text: string): readonly string[] =>
  [...text.matchAll(KEYED)]
    .map(([, , value]) => bareOf(value as string))
    .filter((bare) => !isOpen(bare) && bare.length >= SHORTEST_KNOWN);

const bareOf = (value: string): string => value.replace(/^[&*![{"']+|["']$/g, '').trim();

const isOpen = (bare: string): boolean => saysWhere(bare) || ADDRESS_ALONE.test(bare);

/** Masks values that are known to be secrets, in a single line. */
export const maskKnown = (line: string, secrets: readonly string[]): string =>
  secrets.reduce((text, secret) => text.replaceAll(secret, masked(secret)), line);

/** The secrets among the values of channels, under whatever key they stand; short ones could be any word. */
export const secretsIn = (root: unknown): readonly string[] =>
  entriesOf(valueAt(valueAt(root, 'notify'), 'channels'))
    .flatMap(([, channel]) => entriesOf(channel))
    .filter(([key]) => !PUBLIC_KEYS.includes(key))
    .flatMap(([, value]) => (typeof value === 'string' && !saysWhere(value) ? [value] : []))
    .flatMap((value) => value.split('\n').map((line) => line.trim()))
    .filter((line) => line.length >= SHORTEST_KNOWN);

/** True when a text says where a secret is kept, or tries to, and is no secret itself. */
export const saysWhere = (text: string): boolean =>
  (PREFIXED.test(text) || PATH.test(text)) &&
  !hasAddress(text) &&
  !hasToken(text) &&
  !RUN.test(text);

export const hasAddress = (text: string): boolean => /https?:/i.test(text);

export const hasToken = (text: string): boolean => text.search(TOKEN) !== -1;

const PUBLIC_KEYS: readonly string[] = ['channel', 'origin', 'perHour', 'quiet', 'email', 'from'];
const SHORTEST_KNOWN = 8;

const PREFIXED = /^(?:ssm:|secretsmanager:|arn:aws[a-z-]*:(?:ssm|secretsmanager):)/;
/** A path of plain words; the path of a Slack webhook has capitals. */
const PATH =
  /^(?:\/[a-z][a-z0-9_.-]*|[a-z][a-z0-9_.-]*\/[a-z][a-z0-9_.-]*)(?:\/[a-z][a-z0-9_.-]*)*$/;
/** Letters and digits in a long row are no word. */
const RUN = /(?=[A-Za-z]{0,64}\d)[A-Za-z0-9]{16}/;

/** The rest of an address: a bracket or a comma ends it only where the flow of YAML goes on behind. */
const REST = String.raw`(?:[^\s"'\\,}\]]|[,}\]](?![\s,}\]]|$))`;

/** Hosts of webhooks, which are known without `https://`, too; and the path of a Slack webhook alone. */
const WEBHOOK = new RegExp(
  String.raw`((?:hooks\.slack(?:-gov)?\.com|\.logic\.azure\.com(?::\d{1,5})?|\.powerplatform\.com(?::\d{1,5})?|\.webhook\.office\.com|/services)/)(${REST}+)`,
  'gi',
);

const ADDRESS = new RegExp(
  String.raw`(https?://)([^\s"'\\,}\]/?#@]*@)?([^\s"'\\,}\]/?#]*)(${REST}*)`,
  'gi',
);

/** The host of an address may be shown; the path may not, except on hosts of AWS, where it names things. */
const maskAddress = (...[, scheme, user, host, rest]: readonly string[]): string => {
  const shown = AWS_HOST.test(host as string) ? /^[^?#]*/ : /^[/?#]?/;
  const [start] = shown.exec(rest as string) as unknown as [string];
  const person = user === undefined ? '' : `${masked(user.slice(0, -1))}@`;
  return `${scheme}${person}${host}${start}${masked((rest as string).slice(start.length))}`;
};

/** The host of an address helps to find it, and `maskShapes` masks the rest. */
const ADDRESS_ALONE = /^https?:\/\/\S*$/i;

const AWS_HOST = /\.(?:amazonaws\.com(?:\.cn)?|aws\.amazon\.com)$/i;

/** Tokens of Slack (https://docs.slack.dev/authentication/tokens). */
const TOKEN = /\b((?:xox[a-z]|xapp)[-.])([\w.%-]+)/gi;

/** Letters and digits in a row, at least as many as a routing key of PagerDuty has; ids of AWS stand in paths. */
const LONG_KEY =
  /(?<![\w/.:-])(?=[A-Za-z]{0,64}\d)(?=\d{0,64}[A-Za-z])[A-Za-z0-9]{32,512}(?![\w/-])/g;

const KEYS = [
  'slack(?:[-_]?bot)?',
  'teams',
  'pager[-_]?duty',
  'web[-_]?hook(?:[-_]?url)?',
  '(?:signing|routing|integration|api|secret|private)[-_]?key',
  'token|secret|password',
].join('|');

/** A value on the next line is none if that line begins with a key, an item of a list or a comment. */
const NEXT_LINE = String.raw`(?:(?:[|>][-+\d]{0,2})?[ \t]{0,80}\r?\n[ \t]{1,80}(?![\w-]{1,80}["']?:(?:\s|$)|- |#))?`;
const PLAIN = String.raw`[^\s{[,}\]&*|>!"'#](?:(?![,}\]]{1,8}(?:\s|$)|\s#)[^\n])*`;
/** Signs of YAML with which a secret may begin as well; a mapping in brackets has a colon. */
const AFTER_SIGN = String.raw`[&*!][^\s,}\]]{1,512}|[[{][^:\n]{1,512}(?=\n|$)`;
const TAIL = String.raw`(?:[ \t]{1,80}[^\s,}\]#][^\n,}\]#]{0,512})?`;
const KEYED = new RegExp(
  String.raw`((?<![\w-])(?:${KEYS})["']?[ \t]{0,80}[:=][ \t]{0,80}(?:[&!][\w/-]{0,80}[ \t]{1,80}){0,2}${NEXT_LINE})((?:"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?)${TAIL}|${AFTER_SIGN}|${PLAIN})`,
  'gi',
);
