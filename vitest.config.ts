import { defineConfig } from 'vitest/config'

/**
 * `unit` needs nothing; `stack` files (`*.stack.test.ts`) get a real Postgres and a real Temporal server; `webgpu` files
 * (`*.webgpu.test.ts`) a Vulkan device, and are skipped with the reason where there is none.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [
            '**/node_modules/**',
            '**/*.stack.test.ts',
            '**/*.webgpu.test.ts',
            'var/**',
            'web/.next/**',
            'models/**',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'stack',
          include: ['**/*.stack.test.ts'],
          exclude: ['**/node_modules/**', 'var/**'],
          globalSetup: ['scripts/testing/stack.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'webgpu',
          include: ['**/*.webgpu.test.ts'],
          exclude: ['**/node_modules/**', 'var/**'],
          testTimeout: 600_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
    ],
  },
})
