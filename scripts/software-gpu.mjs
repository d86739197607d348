/** Finds the software Vulkan device and loader that come with Chromium, so that WebGPU runs where there is no GPU. */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

const files = ['vk_swiftshader_icd.json', 'libvk_swiftshader.so', 'libvulkan.so.1']

/** The environment in which WebGPU uses it, or null with the reason printed. `browser` is the path of a Chromium. */
export function softwareGpu(browser) {
  if (process.platform !== 'linux') {
    console.error(`The WebGPU tests need Chromium's software Vulkan device, which is for Linux.`)
    return null
  }
  const places = [
    ...(browser ? [dirname(realpathSync(browser))] : []),
    '/usr/lib/chromium',
    '/opt/google/chrome',
  ]
  const folder = places.find((place) => files.every((file) => existsSync(join(place, file))))
  if (!folder) {
    console.error(
      `The WebGPU tests need ${files.join(', ')} beside a Chromium; none was found in ${places.join(', ')}.`,
    )
    return null
  }

  return {
    VK_DRIVER_FILES: join(folder, files[0]),
    VK_ICD_FILENAMES: join(folder, files[0]),
    LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  }
}
