import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/projects/**'],
    testTimeout: 30_000,
    typecheck: { include: ['test/**/*.test-d.ts'] },
  },
})
