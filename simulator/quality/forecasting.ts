/** The variants of every forecast, with a warm pool or without. */
export const FORECASTING = {
  'risk 5 %, hold 3 min': 'risk: 5%, hold: 3m',
  'risk 10 %, hold 3 min': 'risk: 10%, hold: 3m',
  'risk 30 %, hold 3 min': 'risk: 30%, hold: 3m',
};
