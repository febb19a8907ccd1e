/** A speed as people read it: simulated time that passes in a second. */
export const speedLabel = (speed: number): string => {
  if (speed === 0) return '❚❚ stop';
  if (speed < 60) return `${speed} s/s`;
  return speed < 3_600 ? `${speed / 60} min/s` : `${speed / 3_600} h/s`;
};
