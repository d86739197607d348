/** The file that workers bundle: every workflow of Teststrip, and nothing else. */
export { laneWorkflow } from './lane-workflow.ts'
export { printWorkflow } from './print-workflow.ts'
export { studyWorkflow } from './study-workflow.ts'
