import { availableParallelism } from 'node:os'
import { type CudaNeed, cudaNeeds, thisHost } from './cuda-needs.ts'
import type { DeviceName } from './device-name.ts'
import { drmGpus, hasGpu, nvidiaGpus, vendorName } from './hardware.ts'
import { proveApart } from './prove-apart.ts'

/** One kind of device as `teststrip doctor` sees it: whether all is well, and what was seen. */
export interface DeviceFinding {
  name: string
  /** false: something is there that does not work */
  ok: boolean
  detail: string
}

/** Looks at what could render here, and lets each device that is there prove itself. */
export async function lookAtDevices(): Promise<DeviceFinding[]> {
  return [
    { name: 'cpu', ok: true, detail: `${availableParallelism()} threads; the reference for all others` },
    await lookAtWebGpu(),
    ...(await lookAtCuda()),
  ]
}

async function lookAtWebGpu(): Promise<DeviceFinding> {
  const gpus = drmGpus()
  if (!hasGpu({ ...process, gpus })) return { name: 'webgpu', ok: true, detail: 'not used: no GPU here' }
  const seen = gpus.map((gpu, n) => `${n}: ${vendorName(gpu)} ${gpu.device}`).join(', ')

  return tried('webgpu', seen)
}

async function lookAtCuda(): Promise<DeviceFinding[]> {
  const gpus = nvidiaGpus()
  const needs = cudaNeeds(thisHost())
  if (gpus.length === 0) return [{ name: 'cuda', ok: true, detail: `not used: ${missingOf(needs)}` }]
  if (needs.some(({ missing }) => missing !== null))
    return [{ name: 'cuda', ok: false, detail: missingOf(needs) }]
  const findings: DeviceFinding[] = []
  for (const [n, { name, driver }] of gpus.entries())
    findings.push(await tried(`cuda:${n}`, `${name}, driver ${driver}`))

  return findings
}

const missingOf = (needs: readonly CudaNeed[]): string =>
  needs.flatMap(({ name, missing }) => (missing === null ? [] : [`${name}: ${missing}`])).join('; ')

async function tried(name: DeviceName, seen: string): Promise<DeviceFinding> {
  const answer = await proveApart(name)
  if ('reason' in answer) return { name, ok: false, detail: answer.reason }
  const { error, seconds } = answer.proof
  const figures = `computes right to ${error.toExponential(0)}, proved in ${seconds.toFixed(1)} s`

  return { name, ok: true, detail: seen === '' ? figures : `${seen}; ${figures}` }
}
