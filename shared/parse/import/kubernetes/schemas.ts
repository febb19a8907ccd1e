import * as z from 'zod';

const named = z.object({ name: z.string().optional(), namespace: z.string().optional() });

const policy = z.object({ type: z.string(), value: z.number(), periodSeconds: z.number() });

const scaling = z.object({
  stabilizationWindowSeconds: z.number().optional(),
  selectPolicy: z.string().default('Max'),
  policies: z.array(policy).default([]),
  tolerance: z.union([z.string(), z.number()]).optional(),
});

const behavior = z.object({ scaleUp: scaling.optional(), scaleDown: scaling.optional() });

/** A quantity of Kubernetes, such as 100m, 30 or 1Gi. */
const quantity = z.union([z.string(), z.number()]);

const target = z.object({
  type: z.string(),
  averageUtilization: z.number().optional(),
  averageValue: quantity.optional(),
  value: quantity.optional(),
});

const resource = z.object({ name: z.string(), container: z.string().optional(), target });

const selected = z.object({
  metric: z.object({ name: z.string(), selector: z.unknown().optional() }),
  target,
});

const metric = z.object({
  type: z.string(),
  resource: resource.optional(),
  containerResource: resource.optional(),
  pods: selected.optional(),
  object: selected.optional(),
  external: selected.optional(),
});

/** HorizontalPodAutoscaler of autoscaling/v2; the one key of v1 that v2 does not have is read, too. */
export const hpaSchema = z.object({
  metadata: named.default({}),
  spec: z.object({
    scaleTargetRef: named,
    minReplicas: z.number().default(1),
    maxReplicas: z.number(),
    targetCPUUtilizationPercentage: z.number().optional(),
    metrics: z.array(metric).default([]),
    behavior: behavior.optional(),
  }),
});

const trigger = z.object({
  type: z.string(),
  name: z.string().optional(),
  metricType: z.string().optional(),
  // Numbers stand in quotation marks there, and people forget them.
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({}),
});

/** ScaledObject of keda.sh/v1alpha1. */
export const scaledObjectSchema = z.object({
  metadata: named.default({}),
  spec: z.object({
    scaleTargetRef: named,
    minReplicaCount: z.number().default(0),
    maxReplicaCount: z.number().default(100),
    idleReplicaCount: z.number().optional(),
    cooldownPeriod: z.number().optional(),
    fallback: z
      .object({
        failureThreshold: z.number().optional(),
        replicas: z.number(),
        behavior: z.string().default('static'),
      })
      .optional(),
    advanced: z
      .object({
        horizontalPodAutoscalerConfig: z.object({ behavior: behavior.optional() }).optional(),
        scalingModifiers: z.object({ formula: z.string().optional() }).optional(),
      })
      .optional(),
    triggers: z.array(trigger),
  }),
});

export type HpaDocument = z.output<typeof hpaSchema>;
export type HpaMetric = HpaDocument['spec']['metrics'][number];
export type HpaBehavior = z.output<typeof behavior>;
export type ScaledObject = z.output<typeof scaledObjectSchema>;
export type KedaTrigger = ScaledObject['spec']['triggers'][number];
