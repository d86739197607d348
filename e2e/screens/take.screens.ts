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
          // Pages that watch a study never come to rest on the network, so it is the pictures that are waited for.
          await page.evaluate(async () => {
            await document.fonts.ready
            // Where this machine keeps its files is nobody's business.
            for (const line of document.querySelectorAll('main *'))
              for (const node of line.childNodes)
                if (node.nodeType === Node.TEXT_NODE)
                  node.nodeValue = node.nodeValue!.replace(/\/\S*\/models\/packs/, 'models/packs')
            const late = new Promise((resolve) => setTimeout(resolve, 4_000))
            const pictures = [...document.images].map((image) => image.decode().catch(() => undefined))
            await Promise.race([late, Promise.all(pictures)])
          })
          await page.waitForTimeout(800)
          const png = await page.screenshot({ animations: 'disabled' })
          const file = `${name}-${colorScheme}-${viewport.width}.webp`
          await sharp(png)
            .webp({ quality: 82 })
            .toFile(join(folder, name === 'parameter' ? 'gallery' : name, file))
        })
    })
