/**
 * glibc's way to one heap for a whole process, which grows and is used again but never given back. ONNX Runtime's own
 * arenas keep the largest run of every session; from one heap each large network takes what the last one left. Without
 * these settings glibc maps large blocks anew for every run, which costs half as much time again. Small networks keep
 * their arenas: their many small blocks would leave holes.
 */
const settings = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 40),
  MALLOC_TOP_PAD_: String(2 ** 26),
}

const hasGlibc = () => {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }

  return header?.glibcVersionRuntime !== undefined
}

/** The environment for a process that renders: allocators read it only when a process starts. */
export const renderingEnvironment = (): NodeJS.ProcessEnv =>
  hasGlibc() ? { ...process.env, ...settings } : process.env

/** Was this process started with it? */
export const hasOneHeap = process.env.MALLOC_MMAP_MAX_ === settings.MALLOC_MMAP_MAX_
