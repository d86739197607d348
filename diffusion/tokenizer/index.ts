export { readMerges } from './read-merges.ts'
