import type { Page } from '@playwright/test'

const pause = (page: Page, ms: number): Promise<void> => page.waitForTimeout(ms)

/** Milliseconds from asking for a page until it shows cells, by the page's own clock. */
export async function firstUsefulPaint(page: Page, url: string): Promise<number> {
  // No function in here may have a name: tsx would mark it with a helper that the page does not know.
  await page.addInitScript(() => {
    // The canvas is a worker's, who says when there is something on it; the frame after that shows it.
    const timer = setInterval(() => {
      if (!document.querySelector('[role=grid] [data-painted]')) return
      clearInterval(timer)
      requestAnimationFrame(() => performance.mark('cells'))
    }, 4)
  })
  await page.goto(url)
  await page.waitForFunction(() => performance.getEntriesByName('cells').length > 0)

  return page.evaluate(() => performance.getEntriesByName('cells')[0]!.startTime)
}

/** Wheels across the sheet, down and back. */
export async function pan(page: Page): Promise<void> {
  await page.mouse.move(700, 500)
  for (const [x, y] of [
    [120, 0],
    [0, 120],
    [-120, 40],
  ] as const)
    for (let turn = 0; turn < 25; turn++) {
      await page.mouse.wheel(x, y)
      await pause(page, 16)
    }
}

/** Zooms in from far away until cells are pictures, and out again. */
export async function zoom(page: Page): Promise<void> {
  await page.mouse.move(700, 500)
  await page.keyboard.down('Control')
  for (const step of [-40, 40])
    for (let turn = 0; turn < 40; turn++) {
      await page.mouse.wheel(0, step)
      await pause(page, 16)
    }
  await page.keyboard.up('Control')
}

/** Swaps columns and rows; the milliseconds from the key to the frame that shows it, of each swap. */
export async function swap(page: Page, times: number): Promise<number[]> {
  const took: number[] = []
  for (let turn = 0; turn < times; turn++) {
    took.push(
      await page.evaluate(async () => {
        const begun = performance.now()
        const before = document.querySelector('[role=columnheader]')!.textContent
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true }))
        while (document.querySelector('[role=columnheader]')!.textContent === before)
          await new Promise((resolve) => setTimeout(resolve, 0))
        // The frame after the one that is being drawn: then it is on the screen.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
        return performance.now() - begun
      }),
    )
    await pause(page, 500)
  }

  return took
}

/** Bytes of the page's JavaScript heap, garbage included. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()

  return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value
}
