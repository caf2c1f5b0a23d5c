import type { ArtilleryLoad } from '../../src/artillery/artillery-load.ts'
import { runArtillery } from '../../src/artillery/run-artillery.ts'

export function longLoad(origin: string): ArtilleryLoad {
  return {
    name: 'long',
    origin,
    authorization: undefined,
    requests: [{ path: '/' }],
    stages: [{ fromRate: 5, toRate: 5, durationMs: 120_000 }],
    arrivals: 'constant',
    maxInFlight: 100,
    timeoutMs: 1000,
    sockets: undefined,
    keepAlive: true,
    distributed: { platform: 'local', workers: 1, arguments: [] },
  }
}

const [, program, origin, root] = process.argv
if (program === import.meta.filename && origin !== undefined && root !== undefined) {
  await runArtillery(longLoad(origin), {
    root,
    signal: new AbortController().signal,
    onProcess: (pid) => process.send?.(pid),
    onPhase: () => {},
  })
}
