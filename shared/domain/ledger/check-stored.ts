/** Says what is wrong with a value, or nothing when it is as expected. */
type StoredCheck = (value: unknown, path: string) => string | undefined;

/**
 * Finds what is wrong with a head as the table holds it; nothing when it can be believed. Fields that an older
 * version did not write may be absent, and those that a newer version added may be there.
 */
export const faultOfHead = (lane: 'scale' | 'heal', value: unknown): string | undefined =>
  (lane === 'scale' ? SCALE_HEAD : HEAL_HEAD)(value, 'head');

/** Finds the fault of an override as the table holds it; nothing when it can be believed. */
export const faultOfOverride = (value: unknown): string | undefined => OVERRIDE(value, 'override');

/** Finds the fault of a look as the table holds it; nothing when it can be believed. */
export const faultOfLook = (value: unknown): string | undefined => LOOK(value, 'look');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const number: StoredCheck = (value, path) =>
  Number.isFinite(value) ? undefined : `${path} is no number`;

const text: StoredCheck = (value, path) =>
  typeof value === 'string' ? undefined : `${path} is no text`;

const oneOf =
  (words: readonly string[]): StoredCheck =>
  (value, path) =>
    words.some((word) => word === value) ? undefined : `${path} is none of ${words.join(', ')}`;

const optional =
  (check: StoredCheck): StoredCheck =>
  (value, path) =>
    value === undefined ? undefined : check(value, path);

const first = (faults: readonly (string | undefined)[]): string | undefined =>
  faults.find((fault) => fault !== undefined);

const list =
  (check: StoredCheck): StoredCheck =>
  (value, path) =>
    Array.isArray(value)
      ? first(value.map((each, index) => check(each, `${path}[${index}]`)))
      : `${path} is no list`;

const record =
  (check: StoredCheck): StoredCheck =>
  (value, path) =>
    isObject(value)
      ? first(Object.entries(value).map(([key, each]) => check(each, `${path}["${key}"]`)))
      : `${path} is no object`;

const shape =
  (fields: Readonly<Record<string, StoredCheck>>): StoredCheck =>
  (value, path) =>
    isObject(value)
      ? first(Object.entries(fields).map(([key, check]) => check(value[key], `${path}.${key}`)))
      : `${path} is no object`;

const CHANGE = shape({ at: number, from: number, to: number });

const DELAY = shape({
  absentAt: number,
  thereAt: number,
  missed: optional(shape({ at: number, age: number })),
  lateAt: optional(number),
});

const STANDBY = shape({
  of: text,
  whole: number,
  impaired: optional(shape({ since: number, at: number, looks: number })),
  raised: optional(shape({ since: number, wellSeconds: number, wellAt: optional(number) })),
});

const OVERRIDE_FIELDS = {
  id: text,
  kind: oneOf(['pause', 'pin', 'cap']),
  by: text,
  reason: text,
  since: number,
  until: number,
  ended: optional(shape({ by: text, at: number })),
};

const OVERRIDE: StoredCheck = (value, path) =>
  shape({
    ...OVERRIDE_FIELDS,
    ...(isObject(value) && value.kind !== 'pause' ? { capacity: number } : {}),
  })(value, path);

const LOOK = shape({
  began: number,
  promptedAt: optional(number),
  alarms: list(shape({ name: text, since: number })),
});

const HEAD_FIELDS = {
  version: number,
  last: optional(shape({ id: text, signature: text, trouble: optional(text) })),
  untold: list(shape({ kind: text, decisionId: text, group: text, reason: text })),
};

const inFlight = (fields: Readonly<Record<string, StoredCheck>>): StoredCheck =>
  optional(
    shape({
      claimedAt: number,
      decision: shape({ id: text, group: text, at: number, ...fields }),
    }),
  );

const SCALE_HEAD = shape({
  ...HEAD_FIELDS,
  inFlight: inFlight({ from: number, to: number }),
  lastScaleOut: optional(CHANGE),
  lastScaleIn: optional(CHANGE),
  changes: optional(list(CHANGE)),
  wishes: optional(list(shape({ at: number, capacity: number }))),
  expected: optional(number),
  foreign: optional(CHANGE),
  flapping: optional(shape({ at: number, reversals: list(number) })),
  announced: optional(shape({ override: OVERRIDE })),
  missingSince: optional(number),
  pendingSince: optional(record(number)),
  stuckTold: optional(number),
  prepared: optional(list(shape({ at: number, capacity: number }))),
  lastPool: optional(shape({ at: number, from: optional(number), to: number })),
  poolRefused: optional(shape({ at: number, refusals: number, told: optional(text) })),
  delays: optional(record(DELAY)),
  standby: optional(STANDBY),
  openAlarms: optional(list(text)),
  heardAlarms: optional(list(text)),
});

const HEAL_HEAD = shape({
  ...HEAD_FIELDS,
  inFlight: inFlight({ removals: list(shape({ targetGroupArn: text, targetId: text })) }),
  sightings: optional(record(number)),
  removals: optional(list(number)),
  probations: optional(
    record(
      shape({
        targetGroupArn: text,
        targetId: text,
        port: number,
        seconds: number,
        until: number,
        returnedAt: optional(number),
      }),
    ),
  ),
  waitingSince: optional(number),
  quarantined: optional(shape({ instanceId: text, since: number, until: number })),
});
