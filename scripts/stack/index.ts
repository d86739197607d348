export { doctor, type Finding } from './doctor.ts'
export { runningPostgres } from './postgres.ts'
export { readStackSettings } from './settings.ts'
export { runStack, type StartOptions, startStack } from './start.ts'
