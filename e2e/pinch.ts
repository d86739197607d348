import type { Page } from '@playwright/test'

/** Two fingers on a touch screen, put down so many pixels apart around a point, moved to another distance and lifted. */
export async function pinch(
  page: Page,
  at: { x: number; y: number },
  apart: { from: number; to: number },
): Promise<void> {
  const screen = await page.context().newCDPSession(page)
  const put = (type: 'touchStart' | 'touchMove' | 'touchEnd', distance = 0) =>
    screen.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [-1, 1].map((side, id) => ({ x: at.x + (side * distance) / 2, y: at.y, id })),
    })
  await screen.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
  await put('touchStart', apart.from)
  for (let step = 1; step <= 6; step++)
    await put('touchMove', apart.from + ((apart.to - apart.from) * step) / 6)
  await put('touchEnd')
  await screen.send('Emulation.setTouchEmulationEnabled', { enabled: false })
  await screen.detach()
}
