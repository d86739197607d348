import { join, resolve } from 'node:path'
import { test } from '@playwright/test'
import sharp from 'sharp'
import { finishedSample, screens } from './screens.ts'

/** `npm run screens`: every screen in both themes, as wide as a desk and as wide as a phone, in web/screens. */
const folder = resolve(import.meta.dirname, '..', '..', 'web', 'screens')
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

for (const colorScheme of ['light', 'dark'] as const)
  for (const viewport of sizes)
    test.describe(`${colorScheme}, ${viewport.width}`, () => {
      test.use({ colorScheme, viewport, deviceScaleFactor: viewport.width < 500 ? 2 : 1 })

      for (const { name, path, ready } of screens)
        test(name, async ({ page, request }) => {
          await page.goto(path(await finishedSample(request)))
          await ready(page)
          await page.waitForLoadState('networkidle').catch(() => {})
          await page.waitForTimeout(600)
          const png = await page.screenshot({ animations: 'disabled' })
          const file = `${name}-${colorScheme}-${viewport.width}.webp`
          await sharp(png)
            .webp({ quality: 82 })
            .toFile(join(folder, name === 'parameter' ? 'gallery' : name, file))
        })
    })
