import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'
import type { Priority } from './activities.ts'
import type { MotorState, PauseMode } from './study-state.ts'

/**
 * What can be said to a running study. The constants are built here rather than by `defineUpdate`, so that the
 * client (and with it the web process) needs nothing of `@temporalio/workflow`.
 */
const update = <Ret, Args extends unknown[]>(name: string): UpdateDefinition<Ret, Args> =>
  ({ type: 'update', name }) as UpdateDefinition<Ret, Args>

const signal = <Args extends unknown[]>(name: string): SignalDefinition<Args> =>
  ({ type: 'signal', name }) as SignalDefinition<Args>

const query = <Ret>(name: string): QueryDefinition<Ret> => ({ type: 'query', name }) as QueryDefinition<Ret>

/** Run, or run again with the study as the ledger holds it now. A signal, so that it needs no worker to be up. */
export const startSignal = signal<[]>('start')

/** `soft` lets renders under way finish; `hard` stops them within seconds, with a checkpoint. */
export const pauseUpdate = update<MotorState, [PauseMode]>('pause')
export const resumeUpdate = update<MotorState, []>('resume')
export const cancelUpdate = update<MotorState, []>('cancel')
export const retryFailedUpdate = update<number, [number[] | undefined]>('retryFailed')
export const setPriorityUpdate = update<MotorState, [Priority]>('setPriority')
export const setLanesUpdate = update<MotorState, [number]>('setLanes')

export const stateQuery = query<MotorState>('state')
