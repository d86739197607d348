export { initLoss } from './init-loss.ts'
export { rangeLoss, saturationLoss } from './out-of-range.ts'
export { totalVariation } from './total-variation.ts'
