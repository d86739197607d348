import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { TeststripError } from '#study'
import { chooseDevice, deviceCandidates } from './choose.ts'
import { type CudaHost, cudaNeeds } from './cuda-needs.ts'
import { readDevice } from './device-name.ts'
import { drmGpus, hasGpu, nvidiaGpus } from './hardware.ts'
import { largestError } from './prove.ts'
import { selectGpu } from './select-gpu.ts'

describe('names', () => {
  it('are cpu, webgpu, webgpu:N and cuda:N', () => {
    expect(readDevice('cpu')).toEqual({ name: 'cpu', kind: 'cpu', index: null })
    expect(readDevice('webgpu')).toEqual({ name: 'webgpu', kind: 'webgpu', index: null })
    expect(readDevice('webgpu:1')).toEqual({ name: 'webgpu:1', kind: 'webgpu', index: 1 })
    expect(readDevice('cuda')).toEqual({ name: 'cuda:0', kind: 'cuda', index: 0 })
    for (const wrong of ['', 'gpu', 'cpu:0', 'cuda:-1', 'CUDA:0', 'cuda:0,cuda:1'])
      expect(() => readDevice(wrong)).toThrow(`is "${wrong}"`)
  })
})

describe('what is here', () => {
  it("NVIDIA's list, in its order", () => {
    const listed = 'NVIDIA A100-SXM4-40GB, 40960, 535.104.05\nTesla T4, 15360, 535.104.05\n'
    expect(nvidiaGpus(() => listed)).toEqual([
      { name: 'NVIDIA A100-SXM4-40GB', memory: 40_960 * 2 ** 20, driver: '535.104.05' },
      { name: 'Tesla T4', memory: 15_360 * 2 ** 20, driver: '535.104.05' },
    ])
    expect(nvidiaGpus(() => '')).toEqual([])
    expect(
      nvidiaGpus(() => "NVIDIA-SMI has failed because it couldn't communicate, with the driver"),
    ).toEqual([])
  })

  it("Linux' render nodes by number, without virtual displays", () => {
    const folder = mkdtempSync(join(tmpdir(), 'teststrip-drm-'))
    for (const [node, vendor, device] of [
      ['renderD128', '0x1af4', '0x1050'],
      ['renderD130', '0x10de', '0x2204'],
      ['renderD129', '0x8086', '0x9a49'],
    ] as const) {
      mkdirSync(join(folder, node, 'device'), { recursive: true })
      writeFileSync(join(folder, node, 'device/vendor'), `${vendor}\n`)
      writeFileSync(join(folder, node, 'device/device'), `${device}\n`)
    }
    mkdirSync(join(folder, 'card0'))
    expect(drmGpus(folder)).toEqual([
      { vendor: '8086', device: '9a49' },
      { vendor: '10de', device: '2204' },
    ])
    expect(drmGpus(join(folder, 'nowhere'))).toEqual([])
  })

  it('a program that imitates a GPU is none', () => {
    const gpus = [{ vendor: '1002', device: '73bf' }]
    expect(hasGpu({ platform: 'linux', env: {}, gpus })).toBe(true)
    expect(hasGpu({ platform: 'linux', env: {}, gpus: [] })).toBe(false)
    expect(hasGpu({ platform: 'linux', env: { VK_ICD_FILENAMES: '/x/vk_swiftshader_icd.json' }, gpus })).toBe(
      false,
    )
    expect(hasGpu({ platform: 'darwin', env: {}, gpus: [] })).toBe(true)
  })
})

describe('the device that renders when none is named', () => {
  const refusing = (...refused: string[]) => ({
    works: async (device: string) => {
      if (refused.includes(device)) throw new TeststripError('unavailable', `${device} is wrong.`)
    },
    notices: [] as string[],
  })

  it("is NVIDIA's, else any GPU, else the processor", () => {
    expect(deviceCandidates({ cuda: 2, gpu: true })).toEqual([['cuda:0', 'cuda:1'], ['webgpu'], ['cpu']])
    expect(deviceCandidates({ cuda: 0, gpu: true })).toEqual([['webgpu'], ['cpu']])
    expect(deviceCandidates({ cuda: 0, gpu: false })).toEqual([['cpu']])
  })

  it('is the next one where one is refused, and the reason is told', async () => {
    const { works, notices } = refusing('cuda:0', 'cuda:1')
    const all = deviceCandidates({ cuda: 2, gpu: true })
    expect(await chooseDevice(works, (notice) => notices.push(notice), all)).toBe('webgpu')
    expect(notices).toEqual([
      'cuda:0 is wrong. Trying the next device.',
      'cuda:1 is wrong. Trying the next device.',
    ])
    expect(await chooseDevice(refusing('webgpu').works, () => undefined, [['webgpu'], ['cpu']])).toBe('cpu')
  })

  it('is not looked for further when something else is wrong', async () => {
    const broken = async () => {
      throw new Error('disk full')
    }
    await expect(chooseDevice(broken, () => undefined, [['webgpu'], ['cpu']])).rejects.toThrow('disk full')
  })
})

describe('the proof', () => {
  const expected = [Float32Array.of(1, 2), Float32Array.of(3, 4), Float32Array.of(-5, 0)]
  const changed = (k: number, value: number) =>
    expected.map((numbers, at) => (at === k ? numbers.map((old) => old + value) : numbers))

  it('holds with small differences, fails with large ones and with NaN, and says of what', () => {
    expect(largestError('webgpu', changed(1, 1e-5), expected)).toBeCloseTo(2.8e-6, 6)
    expect(() => largestError('webgpu', changed(2, 0.1), expected)).toThrow(
      /^The device webgpu computes wrongly: the gradient of the test network is off by 0\.028 /,
    )
    expect(largestError('cuda:0', changed(2, 0.1), expected)).toBeCloseTo(0.028, 3)
    expect(() => largestError('cuda:0', changed(0, Number.NaN), expected)).toThrow(/the picture .* NaN/)
  })
})

describe('what cuda:N needs', () => {
  const host: CudaHost = { platform: 'linux/x64', gpus: 1, hasProvider: () => true, hasLibrary: () => true }
  const missing = (changes: Partial<CudaHost>) =>
    cudaNeeds({ ...host, ...changes }).filter((need) => need.missing !== null)

  it('is said item by item, with what to do', () => {
    expect(missing({})).toEqual([])
    expect(missing({ platform: 'darwin/arm64' })).toMatchObject([
      { name: 'platform', missing: expect.stringMatching(/use webgpu/) },
    ])
    expect(missing({ gpus: 0 })).toMatchObject([
      { name: 'NVIDIA driver', missing: expect.stringMatching(/install the driver/) },
    ])
    expect(missing({ hasLibrary: (name) => name !== 'libcudnn.so.9' })).toMatchObject([
      { name: 'cuDNN 9', missing: expect.stringMatching(/^libcudnn\.so\.9 not found; install cuDNN 9/) },
    ])
    expect(missing({ hasLibrary: (name) => name === 'libcudnn.so.9' })).toMatchObject([
      { name: 'CUDA 12', missing: expect.stringMatching(/^libcudart\.so\.12, libcublas\.so\.12/) },
    ])
    expect(missing({ hasProvider: () => false })).toMatchObject([
      { name: 'provider libraries', missing: expect.stringMatching(/teststrip setup cuda/) },
    ])
  })
})

describe.skipIf(process.platform !== 'linux')('webgpu:N', () => {
  const names = ['VK_LOADER_DEVICE_SELECT', 'VK_LOADER_VENDOR_ID_FILTER', 'VK_LOADER_DEVICE_ID_FILTER']
  afterEach(() => {
    for (const name of names) delete process.env[name]
  })
  const [intel, geforce] = [
    { vendor: '8086', device: '9a49' },
    { vendor: '10de', device: '2204' },
  ]

  it("is chosen through Vulkan's loader", () => {
    selectGpu(readDevice('webgpu:1'), [intel, geforce])
    expect(process.env.VK_LOADER_DEVICE_SELECT).toBe('0x10de:0x2204')
  })

  it('is refused where it is not there, or not to be told from another', () => {
    expect(() => selectGpu(readDevice('webgpu:2'), [intel, geforce])).toThrow(/there are 2 GPUs/)
    expect(() => selectGpu(readDevice('webgpu:1'), [geforce, geforce])).toThrow(/same model/)
    selectGpu(readDevice('webgpu'), [geforce, geforce])
    expect(process.env.VK_LOADER_DEVICE_SELECT).toBeUndefined()
  })
})
