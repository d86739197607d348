import type { Beginning, Priority, Settlement } from './activities.ts'

export type PauseMode = 'soft' | 'hard'
export type Phase = 'starting' | 'running' | 'paused' | 'cancelled' | 'finished'

export interface StudyInput {
  studyId: string
  /** Lanes kept busy at once; about two per device hide the hand-over between activities. */
  lanes: number
  /** Handed on when the workflow continues as new. */
  carried?: Pick<MotorState, 'phase' | 'priority'> & { pack: string }
}

export interface LaneOutcome {
  rendered: number
  failed: number
}

/** What the `state` query answers. Cells and counts of them are not in it: those are the ledger's. */
export interface MotorState {
  phase: Phase
  lanes: { wanted: number; active: number[] }
  priority: Priority
  enqueuing: boolean
  /** Why the study holds, when it cannot go on as it is. */
  problem: string | null
}

const backoff = { first: 1_000, most: 15_000 }

/**
 * The control workflow's whole memory, as a plain class: every message and every happening is one method, and the
 * loop asks what to do next. No clock, no promises, no cell ids.
 */
export class StudyState {
  pack: string
  #phase: Phase
  #priority: Priority
  #beginWanted: boolean
  #enqueue: 'wanted' | 'busy' | 'done'
  #lanesWanted: number
  readonly #active = new Set<number>()
  readonly #toStop = new Set<number>()
  /** There may be something to claim. */
  #work = false
  #settlement: Settlement | null = null
  /** The ledger knows more than `#settlement` says. */
  #unsettled = true
  /** A lane came back with nothing: the next one waits a while, or they would spin. */
  #tired = false
  /** Waits in a row that led to nothing. */
  #idle = 0
  #problem: string | null = null
  #changed = false

  constructor(input: StudyInput) {
    const carried = input.carried
    this.pack = carried?.pack ?? ''
    this.#phase = carried?.phase ?? 'starting'
    this.#priority = carried?.priority ?? 3
    this.#beginWanted = !carried
    this.#enqueue = carried ? 'done' : 'wanted'
    this.#lanesWanted = Math.max(1, input.lanes)
  }

  // What people say

  start(): void {
    this.#beginWanted = true
    this.#enqueue = 'wanted'
    this.#wake()
  }

  pause(mode: PauseMode): void {
    this.#phase = 'paused'
    if (mode === 'hard') this.#stop([...this.#active])
    this.#wake()
  }

  resume(): void {
    if (this.#problem !== null) this.#enqueue = 'wanted'
    this.#problem = null
    this.#run()
  }

  cancel(): void {
    this.#phase = 'cancelled'
    this.#beginWanted = false
    this.#enqueue = 'done'
    this.#stop([...this.#active])
    this.#wake()
  }

  retry(): void {
    this.#run()
  }

  setPriority(priority: Priority): void {
    this.#priority = priority
  }

  /** Lanes above the new count stop with a checkpoint; another lane goes on from there. */
  setLanes(count: number): void {
    this.#lanesWanted = count
    this.#stop([...this.#active].filter((lane) => lane > count))
    this.#wake()
  }

  // What happens

  begun(as: Beginning): void {
    this.pack = as.pack
    if (as.lanes !== undefined) this.setLanes(as.lanes)
    this.#priority = as.priority
    this.#beginWanted = false
    this.#run()
  }

  enqueueStarted(): void {
    this.#enqueue = 'busy'
  }

  enqueueEnded(): void {
    if (this.#enqueue === 'busy') this.#enqueue = 'done'
    this.#refresh()
    this.#wake()
  }

  /** The study cannot be expanded (its pack is gone, its file is wrong): it waits for a person. */
  held(problem: string): void {
    this.#enqueue = 'done'
    this.#problem = problem
    if (this.#phase === 'running') this.#phase = 'paused'
    this.#wake()
  }

  laneStarted(lane: number): void {
    this.#active.add(lane)
  }

  /** `outcome` is null when the lane failed or was stopped. */
  laneEnded(lane: number, outcome: LaneOutcome | null): void {
    this.#active.delete(lane)
    this.#toStop.delete(lane)

    const brought = (outcome?.rendered ?? 0) + (outcome?.failed ?? 0) > 0
    if (brought) this.#idle = 0
    this.#tired = !brought
    this.#work = false
    this.#unsettled = true
    this.#wake()
  }

  settled(settlement: Settlement): void {
    // Paused or cancelled while the ledger was being asked: the answer is to an old question.
    if (this.#phase !== 'running') return

    this.#settlement = settlement
    this.#unsettled = false
    this.#work = settlement === 'more' && !this.#tired
    if (settlement !== 'finished') return

    // A lane still active now is held by a worker that died; nothing of the study depends on it any more.
    this.#phase = 'finished'
    this.#stop([...this.#active])
  }

  /** `patience` ran out. */
  waited(): void {
    this.#idle++
    this.#tired = false
    this.#unsettled = true
    if (this.#enqueue === 'busy') this.#work = true
  }

  // What to do next

  get beginWanted(): boolean {
    return this.#beginWanted
  }

  get enqueueWanted(): boolean {
    return this.#phase === 'running' && this.#enqueue === 'wanted'
  }

  get settleWanted(): boolean {
    return this.#phase === 'running' && this.#enqueue === 'done' && this.#unsettled && !this.#beginWanted
  }

  lanesToStart(): number[] {
    return this.#phase === 'running' && this.#work ? this.#missing() : []
  }

  /** Each lane is named once. */
  takeLanesToStop(): number[] {
    const lanes = [...this.#toStop].filter((lane) => this.#active.has(lane))
    this.#toStop.clear()

    return lanes
  }

  /** Milliseconds after which to look again though nothing was said and nothing happened; null: never. */
  get patience(): number | null {
    if (this.#phase !== 'running' || this.#missing().length === 0) return null
    if (this.#active.size > 0 && this.#settlement !== 'more' && this.#enqueue !== 'busy') return null

    return Math.min(backoff.most, backoff.first * 2 ** this.#idle)
  }

  /** True once after each change, so that the loop turns at least once for it. */
  takeChange(): boolean {
    const changed = this.#changed
    this.#changed = false

    return changed
  }

  get changed(): boolean {
    return this.#changed
  }

  /** No child and no activity would be lost by ending this run here. */
  get quiet(): boolean {
    return this.#active.size === 0 && this.#enqueue === 'done' && !this.#beginWanted && !this.#changed
  }

  get over(): boolean {
    return this.quiet && (this.#phase === 'cancelled' || this.#phase === 'finished')
  }

  get priority(): Priority {
    return this.#priority
  }

  carry(): Pick<StudyInput, 'lanes' | 'carried'> {
    const carried = {
      phase: this.#phase,
      priority: this.#priority,
      pack: this.pack,
    }

    return { lanes: this.#lanesWanted, carried }
  }

  view(): MotorState {
    return {
      phase: this.#phase,
      lanes: { wanted: this.#lanesWanted, active: [...this.#active].sort((a, b) => a - b) },
      priority: this.#priority,
      enqueuing: this.#enqueue === 'busy',
      problem: this.#problem,
    }
  }

  #missing(): number[] {
    return Array.from({ length: this.#lanesWanted }, (_, i) => i + 1).filter(
      (lane) => !this.#active.has(lane),
    )
  }

  #run(): void {
    this.#phase = 'running'
    this.#refresh()
    this.#wake()
  }

  #refresh(): void {
    this.#work = this.#enqueue === 'done'
    this.#unsettled = true
    this.#tired = false
    this.#idle = 0
  }

  #stop(lanes: number[]): void {
    for (const lane of lanes) this.#toStop.add(lane)
  }

  #wake(): void {
    this.#changed = true
  }
}
