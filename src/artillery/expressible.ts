import { PerfError } from '../model/error.ts'
import type { DistributedOptions, HttpLoadOptions, RequestSource } from '../model/spec.ts'
import type { ArtilleryLoad } from './artillery-load.ts'

/** What a script of Artillery has no words for: each by its own name, for what would be left out silently is another load. */
const inexpressible = {
  session: 'a session is a function, and its workers run no code of yours; give { rate } or { stages }',
  check: 'it counts an answer as good by its status alone; check in a case without { distributed }',
  users: 'it starts users at a rate; give { rate } or { stages }',
  connections: 'it starts users at a rate; give { rate } or { stages }',
  pipelining: 'it has no pipelining',
  amount: 'it ends by time; give { duration }',
  thinkTime: 'each of its users sends one request',
  rampUp: 'give { stages }',
  transport: 'it has a client of its own',
  seed: 'its random choices have no seed',
  ca: 'give the certificate to Node: NODE_EXTRA_CA_CERTS',
  abort_on_fail: 'its figures come when the load has ended',
} as const satisfies Partial<Record<keyof HttpLoadOptions, string>>

/**
 * Refuses by name what Artillery cannot express.
 *
 * @throws PerfError OPTION_INVALID
 */
export function refuseInexpressible(name: string, request: RequestSource, load: HttpLoadOptions): void {
  for (const [option, reason] of Object.entries(inexpressible)) {
    if (load[option as keyof HttpLoadOptions] !== undefined) throw refused(name, `the option ${option}`, reason)
  }
  if (typeof request === 'function')
    throw refused(name, 'a request function', 'its workers run no code of yours; give a list of requests with weights')
  if (load.rate === undefined && load.stages === undefined)
    throw refused(name, 'a closed loop', 'it starts users at a rate; give { rate } or { stages }')
}

/** @throws PerfError OPTION_INVALID */
export function readDistributed(name: string, given: DistributedOptions): ArtilleryLoad['distributed'] {
  const { platform = 'local', workers = 1, region, installation, arguments: words = [], ...unknown } = given
  const [option] = Object.keys(unknown)
  if (option !== undefined) throw invalid(name, option, 'no option; there are platform, workers, region, arguments and installation')
  if (!['local', 'fargate', 'lambda', 'aci'].includes(platform)) throw invalid(name, 'platform', "'local', 'fargate', 'lambda' or 'aci'")
  if (!Number.isSafeInteger(workers) || workers < 1) throw invalid(name, 'workers', 'a whole number of 1 or more')
  if (platform === 'local' && (workers !== 1 || region !== undefined)) {
    throw invalid(name, workers === 1 ? 'region' : 'workers', "left out for platform 'local', which takes the cores of this machine")
  }
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) throw invalid(name, 'arguments', 'a list of texts')
  const own = words.find((word) => ownWords.some((one) => word === one || word.startsWith(`${one}=`)))
  if (own !== undefined) throw invalid(name, 'arguments', `without ${own.replace(/=.*/s, '')}, which is decided by the case`)
  return {
    platform,
    workers,
    arguments: words,
    ...(region === undefined ? {} : { region }),
    ...(installation === undefined ? {} : { installation }),
  }
}

const ownWords = ['-o', '--output', '--count', '--region', '-r', '-t', '--target', '--dotenv', '--overrides', '-s', '--solo', '--platform']

export function refused(name: string, what: string, instead: string): PerfError {
  return new PerfError('OPTION_INVALID', `"${name}" has { distributed } and ${what}, which Artillery cannot express: ${instead}.`)
}

function invalid(name: string, option: string, allowed: string): PerfError {
  return new PerfError('OPTION_INVALID', `The option distributed.${option} of "${name}" must be ${allowed}.`)
}
