export { measurePng } from './effects/measures/measure-png.ts'
