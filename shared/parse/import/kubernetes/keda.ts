import type { ImportedRule, ImportNote, Translation } from '../translation.ts';
import { pacesOfBehavior } from './behavior-of.ts';
import { guessedTarget, type MetricRules } from './hpa.ts';
import { type PlacedTrigger, rulesOfTrigger } from './keda-metrics.ts';
import type { ScaledObject } from './schemas.ts';

/** A ScaledObject as rules for an Auto Scaling group of instances, one for each replica. */
export const translateScaledObject = (
  { metadata, spec }: ScaledObject,
  file: string,
): Translation => {
  const name = spec.scaleTargetRef.name ?? metadata.name ?? 'scaled-object';
  const { fallback, triggers, minReplicaCount: min, maxReplicaCount: max } = spec;
  const made = triggers.map((trigger) => {
    const placed: PlacedTrigger = {
      file,
      about: trigger.name ?? trigger.type,
      trigger,
      fallback: fallback === undefined ? {} : { onMissing: `fallback ${fallback.replicas}` },
    };
    return trigger.type === 'cron' ? ofCron(placed, min) : rulesOfTrigger(placed);
  });
  return {
    target: guessedTarget(name, `what the ScaledObject ${metadata.name ?? name} scales`),
    bounds: { min, max },
    rules: made.flatMap(({ rules }) => rules),
    paces: pacesOfBehavior(spec.advanced?.horizontalPodAutoscalerConfig?.behavior ?? {}),
    notes: [
      ...made.flatMap(({ notes }) => notes),
      ...notesOf(spec).map((note) => ({ ...note, file })),
    ],
  };
};

/** One capacity within the window and the least one without, as a trigger has it that is not active. */
const ofCron = ({ file, about, trigger }: PlacedTrigger, min: number): MetricRules => {
  const { start = '', end = '', timezone = '', desiredReplicas = '' } = trigger.metadata;
  const rule = (name: string, parts: Pick<ImportedRule, 'write' | 'comments'>): ImportedRule => ({
    name,
    file,
    about,
    metrics: [],
    isShadow: false,
    ...parts,
  });
  return {
    rules: [
      rule(about, {
        write: () => ({ schedule: { start, end, timezone }, capacity: Number(desiredReplicas) }),
        comments: ['Trigger cron.'],
      }),
      rule(`${about}-off`, {
        write: () => ({ schedule: { start: end, end: start, timezone }, capacity: min }),
        comments: ['Outside of the window the trigger asks for the least capacity.'],
      }),
    ],
    notes: [],
  };
};

type KeyNote = Omit<ImportNote, 'file'>;

const differs = (about: string, message: string, why: string): KeyNote => ({
  kind: 'differs',
  about,
  message,
  why,
});

/** Notes of the keys of the object itself. */
const notesOf = (spec: ScaledObject['spec']): readonly KeyNote[] => {
  const { advanced, cooldownPeriod, fallback, idleReplicaCount } = spec;
  return [
    ...(advanced?.scalingModifiers?.formula === undefined
      ? []
      : [
          differs(
            'scalingModifiers',
            'the formula has no equal: each trigger is a rule of its own',
            'write the formula as one rule: desired: "…", over the metrics of the group and capacity',
          ),
        ]),
    ...(cooldownPeriod === undefined
      ? []
      : [
          differs(
            'cooldownPeriod',
            'it has no equal',
            'it delays only the last step, to 0; behavior.scaleIn.cooldown delays every removal',
          ),
        ]),
    ...(idleReplicaCount === undefined
      ? []
      : [
          differs(
            'idleReplicaCount',
            'it has no equal',
            'capacity.min is the least there is, with work or without',
          ),
        ]),
    ...(fallback === undefined || fallback.behavior === 'static'
      ? []
      : [
          differs(
            'fallback',
            `behavior ${fallback.behavior} has no equal: the rules ask for ${fallback.replicas}`,
            'onMissing: fallback N is the same capacity whatever there is; onMissing: hold keeps what there is',
          ),
        ]),
    ...(fallback?.failureThreshold === undefined
      ? []
      : [
          differs(
            'fallback',
            'failureThreshold has no equal',
            'a rule has no data when its newest value is older than two periods, and then falls back at once',
          ),
        ]),
  ];
};
