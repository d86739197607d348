export type Theme = 'dark' | 'light'

export const themeCookie = 'teststrip-theme'

/** The stored choice, or undefined where the system decides. */
export const themeOf = (value: string | undefined): Theme | undefined =>
  value === 'dark' || value === 'light' ? value : undefined
