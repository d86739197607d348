/** Part of every render key: raised whenever the engine would make different pixels from the same recipe. */
export const engineVersion = '3'
