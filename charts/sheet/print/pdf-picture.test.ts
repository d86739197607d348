import PDFDocument from 'pdfkit'
import { expect, test } from 'vitest'
import { testPicture } from '../testing.ts'
import { openPicture } from './pdf-picture.ts'

test('a picture is opened at its size, one that is cut off or was changed is not', async () => {
  const pdf = new PDFDocument({ autoFirstPage: false })
  const png = await testPicture(1, 40, 30)
  const changed = Buffer.from(png)
  changed[png.indexOf('IDAT') + 9]! ^= 1

  expect(openPicture(pdf, png)).toMatchObject({ width: 40, height: 30 })
  expect(openPicture(pdf, png.subarray(0, png.length - 60))).toBeNull()
  expect(openPicture(pdf, changed)).toBeNull()
})
