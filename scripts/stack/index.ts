export { doctor, type Finding } from './doctor.ts'
export { runStack, type StartOptions, startStack } from './start.ts'
