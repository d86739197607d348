import type { FontName } from './sheet-layout.ts'

export const fontNames: readonly FontName[] = ['title', 'subtitle', 'mono', 'text', 'strong']
