export type { Priority, Settlement } from './activities.ts'
export { connectMotor, type Motor, type MotorOptions, type StartOptions } from './connect-motor.ts'
export { renderQueue, STUDIO_QUEUE, studyWorkflowId } from './queues.ts'
export type { MotorState, PauseMode, Phase } from './study-state.ts'
