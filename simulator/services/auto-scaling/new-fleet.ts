import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { launch } from './converge.ts';
import { DEPLOYMENT, type Fleet, type GroupSpec, remember, unitsOf } from './fleet.ts';
import { fixedPool } from './warm-pool.ts';

/** After so long an instance is given up whose hook never answers, unless its group says otherwise. */
const HOOK_LIMIT_MS = 600 * SECOND_MS;

/** A group whose first instances have been in service for a while; `launches` were made under its name before. */
export const newFleet = (spec: GroupSpec, now: Instant, launches = 0): Fleet => {
  const { min, max, desired, isManaged, warmPool = 0 } = spec;
  const fleet: Fleet = {
    spec,
    min,
    max,
    desired,
    tag: isManaged ? DEPLOYMENT : undefined,
    tags: spec.tags,
    isBeingDeleted: false,
    suspended: new Set(),
    machines: [],
    launches,
    launchesFailUntil: 0,
    hooksHangUntil: 0,
    poolRefusedUntil: 0,
    hookLimitMs: HOOK_LIMIT_MS,
    outdated: new Set(),
    looksAt: 0,
    past: [],
    stackBusyUntil: 0,
    shiftedUntil: 0,
    activities: [],
  };
  const longAgo = now - 3_600 * SECOND_MS;
  while (unitsOf(fleet.machines) < desired) launch(fleet, longAgo);
  if (warmPool > 0) fleet.pool = fixedPool(warmPool, longAgo);
  remember(fleet, longAgo);
  return fleet;
};
