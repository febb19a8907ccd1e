import { alarmPlants } from './alarm-plants.ts';
import { functionPlants } from './function-plants.ts';
import { permissionPlants } from './permission-plants.ts';
import type { Plant } from './plant.ts';
import { queuePlants } from './queue-plants.ts';
import { tablePlants } from './table-plants.ts';
import { topicPlants } from './topic-plants.ts';

export const PLANTS: readonly Plant[] = [
  ...functionPlants,
  ...queuePlants,
  ...topicPlants,
  ...alarmPlants,
  ...permissionPlants,
  ...tablePlants,
];
