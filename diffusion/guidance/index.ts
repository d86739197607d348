export type { GuidingClip } from './clip-gradient.ts'
export { createGuide, type Guidance, type GuidanceRecipe, type Guide } from './create-guide.ts'
